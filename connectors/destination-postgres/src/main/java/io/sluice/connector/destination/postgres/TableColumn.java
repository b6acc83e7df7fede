package io.sluice.connector.destination.postgres;

import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.WriteMode;
import java.util.Set;

/**
 * A column as the catalog tells it.
 *
 * @param name exact name
 * @param type name of its type below all domains; of an array, of its elements
 * @param signature changes when the column's type does
 * @param array whether it holds a list
 * @param delimiter what stands between the list's elements
 * @param createable may be given on insert: not generated, and the role may
 * @param updateable may be changed: not generated, and the role may
 * @param required an insert without it fails
 * @param identifier alone a primary or unique key
 */
record TableColumn(
        String name,
        String type,
        String signature,
        boolean array,
        char delimiter,
        boolean createable,
        boolean updateable,
        boolean required,
        boolean identifier) {

    /** Types that have an equality. */
    private static final Set<String> COMPARED = Set.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "oid",
            "numeric",
            "float4",
            "float8",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "interval",
            "text",
            "varchar",
            "bpchar",
            "citext",
            "name",
            "uuid",
            "bytea",
            "jsonb",
            "inet");

    boolean json() {
        return type.equals("json") || type.equals("jsonb");
    }

    boolean wholeNumber() {
        return fieldType() == DestinationField.Type.INTEGER && !array;
    }

    DestinationField field() {
        return new DestinationField(name, name, fieldType(), createable, updateable, required, identifier, array)
                .withModes(modes())
                .asReferenceKey(comparable());
    }

    /** Whether a row can be looked up by it. */
    boolean comparable() {
        return !array && !json() && COMPARED.contains(type);
    }

    /** Empty is null. Merging asks whether an element is there, so the elements must be comparable. */
    Set<WriteMode> modes() {
        return array && COMPARED.contains(type)
                ? Set.of(WriteMode.SET_IF_EMPTY, WriteMode.MERGE)
                : Set.of(WriteMode.SET_IF_EMPTY);
    }

    /** The type words of MAP-13; what has none travels as text. */
    private DestinationField.Type fieldType() {
        return switch (type) {
            case "bool" -> DestinationField.Type.BOOLEAN;
            case "int2", "int4", "int8", "oid" -> DestinationField.Type.INTEGER;
            case "numeric" -> DestinationField.Type.DECIMAL;
            case "float4", "float8" -> DestinationField.Type.FLOAT;
            case "date" -> DestinationField.Type.DATE;
            case "timestamp", "timestamptz" -> DestinationField.Type.DATE_TIME;
            case "json", "jsonb" -> DestinationField.Type.OBJECT;
            default -> DestinationField.Type.STRING;
        };
    }
}
