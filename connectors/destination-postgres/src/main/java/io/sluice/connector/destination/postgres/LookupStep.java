package io.sluice.connector.destination.postgres;

import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.DestinationField;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;

/** Looks up what was staged; what finds no row, or several, is answered and not written (DST-7). */
final class LookupStep {
    private LookupStep() {}

    static void run(
            Session session,
            LookupSql sql,
            List<TableColumn> present,
            Range rows,
            BiConsumer<Integer, AttemptResult> answer)
            throws SQLException {
        for (ValueLookup lookup : sql.among(present)) {
            session.execute(sql.find(lookup, rows));
            AttemptResult none = new AttemptResult.Rejected(DestinationField.Lookup.NOT_FOUND + ": field "
                    + lookup.column().name() + ": no record of "
                    + lookup.table().full() + " has this "
                    + lookup.by().name());
            AttemptResult several = new AttemptResult.Rejected(DestinationField.Lookup.AMBIGUOUS + ": field "
                    + lookup.column().name() + ": several records of "
                    + lookup.table().full() + " have this "
                    + lookup.by().name());
            session.numbers(
                    sql.takeOut(lookup, rows),
                    position -> answer.accept(position < 0 ? -1 - position : position, position < 0 ? several : none));
        }
    }
}
