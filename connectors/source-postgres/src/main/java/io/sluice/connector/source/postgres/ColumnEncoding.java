package io.sluice.connector.source.postgres;

import io.sluice.connector.source.SourceColumn.JsonType;
import io.sluice.connector.source.postgres.json.ValueEncoder;
import io.sluice.connector.source.postgres.json.ValueEncoders;
import java.util.Objects;
import java.util.Optional;
import org.postgresql.core.Oid;

/**
 * How values of one type travel: what the database must cast them to, how their binary form becomes JSON, and how two
 * identifiers of the type are told apart.
 *
 * @param encoder binary form to JSON
 * @param cast target of a cast in the select list; empty if the type's own binary form is understood
 * @param jsonType the JSON type of its values
 * @param comparison how identifiers of this type are compared
 * @param identifierText how the database itself can spell identifiers of this type
 * @param comparedAs the type that values are seen as where the database compares rows ({@link RowFingerprint}); a type with
 *     a binary form of its own, the same for all types between which a column may be changed without changing its values
 */
record ColumnEncoding(
        ValueEncoder encoder,
        Optional<String> cast,
        JsonType jsonType,
        Comparison comparison,
        IdentifierText identifierText,
        String comparedAs) {

    /** How the database compares identifiers so that equal means: the same text form. */
    enum Comparison {
        /** The type's own equality is that of its text form. */
        NATIVE,
        /** The type's equality is coarser (1.0 = 1.00, 'a' = 'A' in citext) or depends on a collation. */
        AS_TEXT,
        /** Not a single value: cannot identify a record. */
        NONE
    }

    /** A type without a binary form of its own: the database's text form. */
    static final ColumnEncoding AS_TEXT = new ColumnEncoding(
            ValueEncoders.TEXT, Optional.of("text"), JsonType.STRING, Comparison.AS_TEXT, IdentifierText.CAST, "text");

    /** Text, and all types that are sent exactly as text is, for example citext. */
    static final ColumnEncoding TEXT = of("text", ValueEncoders.TEXT, JsonType.STRING, Comparison.AS_TEXT);

    /** Enums are sent as their labels. */
    static final ColumnEncoding ENUM = of("text", ValueEncoders.TEXT, JsonType.STRING, Comparison.NATIVE);

    ColumnEncoding {
        Objects.requireNonNull(encoder, "encoder");
        Objects.requireNonNull(cast, "cast");
        Objects.requireNonNull(jsonType, "jsonType");
        Objects.requireNonNull(comparison, "comparison");
        Objects.requireNonNull(identifierText, "identifierText");
        Objects.requireNonNull(comparedAs, "comparedAs");
    }

    private static ColumnEncoding of(String comparedAs, ValueEncoder encoder, JsonType type, Comparison comparison) {
        IdentifierText text = comparison == Comparison.NONE ? IdentifierText.NONE : IdentifierText.CAST;
        return new ColumnEncoding(encoder, Optional.empty(), type, comparison, text, comparedAs);
    }

    private ColumnEncoding spelled(IdentifierText text) {
        return new ColumnEncoding(encoder, cast, jsonType, comparison, text, comparedAs);
    }

    /** The encoding of arrays of such elements. */
    ColumnEncoding array() {
        return new ColumnEncoding(
                ValueEncoders.arrayOf(encoder),
                cast.map(type -> type + "[]"),
                JsonType.ARRAY,
                Comparison.NONE,
                IdentifierText.NONE,
                comparedAs + "[]");
    }

    /** The encoding of a built-in type by its object id, which is the same in every database. */
    static Optional<ColumnEncoding> builtIn(int oid) {
        return Optional.ofNullable(
                switch (oid) {
                    case Oid.BOOL -> of("bool", ValueEncoders.BOOL, JsonType.BOOLEAN, Comparison.NATIVE);
                    case Oid.INT2 -> of("int8", ValueEncoders.INT2, JsonType.NUMBER, Comparison.NATIVE);
                    case Oid.INT4 -> of("int8", ValueEncoders.INT4, JsonType.NUMBER, Comparison.NATIVE);
                    case Oid.INT8 -> of("int8", ValueEncoders.INT8, JsonType.NUMBER, Comparison.NATIVE);
                    case Oid.OID -> of("int8", ValueEncoders.OID, JsonType.NUMBER, Comparison.NATIVE);
                    case Oid.FLOAT4 -> of("float4", ValueEncoders.FLOAT4, JsonType.NUMBER, Comparison.AS_TEXT);
                    case Oid.FLOAT8 -> of("float8", ValueEncoders.FLOAT8, JsonType.NUMBER, Comparison.AS_TEXT);
                    case Oid.NUMERIC -> of("numeric", ValueEncoders.NUMERIC, JsonType.NUMBER, Comparison.AS_TEXT);
                    case Oid.TEXT, Oid.VARCHAR, Oid.NAME -> TEXT;
                    case Oid.BPCHAR -> of("bpchar", ValueEncoders.PADDED_TEXT, JsonType.STRING, Comparison.AS_TEXT);
                    case Oid.UUID -> of("uuid", ValueEncoders.UUID, JsonType.STRING, Comparison.NATIVE);
                    case Oid.BYTEA -> of("bytea", ValueEncoders.BYTEA, JsonType.STRING, Comparison.NATIVE);
                    case Oid.DATE -> of("date", ValueEncoders.DATE, JsonType.STRING, Comparison.NATIVE);
                    case Oid.TIME ->
                        of("time", ValueEncoders.TIME, JsonType.STRING, Comparison.NATIVE)
                                .spelled(IdentifierText.TIME);
                    case Oid.TIMETZ ->
                        of("timetz", ValueEncoders.TIMETZ, JsonType.STRING, Comparison.AS_TEXT)
                                .spelled(IdentifierText.NONE);
                    case Oid.TIMESTAMP ->
                        of("timestamp", ValueEncoders.TIMESTAMP, JsonType.STRING, Comparison.NATIVE)
                                .spelled(IdentifierText.TIMESTAMP);
                    case Oid.TIMESTAMPTZ ->
                        of("timestamptz", ValueEncoders.TIMESTAMPTZ, JsonType.STRING, Comparison.NATIVE)
                                .spelled(IdentifierText.TIMESTAMPTZ);
                    case Oid.INTERVAL ->
                        of("interval", ValueEncoders.INTERVAL, JsonType.STRING, Comparison.AS_TEXT)
                                .spelled(IdentifierText.NONE);
                    case Oid.JSON -> of("json", ValueEncoders.JSON, JsonType.OBJECT, Comparison.NONE);
                    case Oid.JSONB -> of("jsonb", ValueEncoders.JSONB, JsonType.OBJECT, Comparison.NONE);
                    default -> null;
                });
    }
}
