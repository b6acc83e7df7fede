package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.CompoundKey;
import io.sluice.connector.source.ReadRequest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A read request as the database sees it, in one session's snapshot.
 *
 * @param statements the SQL of the read
 * @param unique whether the identifier is proven to be unique
 * @param mark the growing column's present maximum, if it was asked for
 */
record PreparedRead(ReadStatements statements, boolean unique, Optional<String> mark) {

    static PreparedRead of(Session session, RelationFinder finder, ReadRequest request)
            throws SQLException, ConnectorException {
        Relation whole = finder.find(request.query());
        WindowedRead windowed = request.window().isPresent()
                ? WindowedRead.of(session, whole, request.window().get())
                : WindowedRead.all(whole);
        Relation relation = request.compoundKey().isPresent()
                ? KeyedRead.of(windowed.relation(), request.compoundKey().get())
                : windowed.relation();
        TreeMap<String, ResultColumn> byName = new TreeMap<>();
        relation.columns().forEach(column -> byName.put(column.name(), column));
        List<ResultColumn> columns = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : request.columns()) {
            ResultColumn column = byName.get(name);
            if (column == null) {
                missing.add(name);
            } else {
                columns.add(column);
            }
        }
        if (!missing.isEmpty()) {
            throw SourceErrors.columnsNotFound(missing);
        }
        ResultColumn identifier = byName.get(request.identifierColumn());
        if (identifier.encoding().comparison() == ColumnEncoding.Comparison.NONE) {
            throw SourceErrors.structuredIdentifier(identifier.name(), identifier.dataType());
        }
        boolean unique = UniqueIdentifier.isProven(
                session,
                windowed.relation(),
                request.compoundKey().map(CompoundKey::columns).orElse(List.of(identifier.name())));
        return new PreparedRead(new ReadStatements(relation, columns, identifier), unique, windowed.mark());
    }
}
