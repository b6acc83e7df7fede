package io.sluice.mapping.engine.cast;

/** What can be said of a cast when it is planned, before any value is seen (MAP-13). */
public enum Fit {
    /** Every value fits as it is. */
    EXACT,
    /** It depends on the value: one that does not fit rejects its record. */
    CHECKED,
    /** Every value is taken, and some lose a part: a time of day, digits of a fraction. */
    LOSSY,
    /** No value fits. */
    IMPOSSIBLE;

    /**
     * How values of a source column fit a destination field.
     *
     * @param source JSON type of the column: string, number, boolean, array or object
     * @param target type of the field, or of its elements
     * @param array whether the field takes a list
     */
    public static Fit of(String source, FieldType target, boolean array) {
        if (array) {
            return switch (source) {
                case "array" -> EXACT;
                case "string", "object" -> CHECKED;
                default -> IMPOSSIBLE;
            };
        }
        return switch (target) {
            case STRING -> EXACT;
            case OBJECT -> source.equals("string") ? CHECKED : EXACT;
            case BOOLEAN -> of(source, "boolean", source.equals("array") ? IMPOSSIBLE : CHECKED);
            case DECIMAL -> of(source, "number", number(source));
            case FLOAT -> source.equals("number") ? LOSSY : number(source);
            case INTEGER -> number(source);
            case DATE, DATE_TIME -> source.equals("string") || source.equals("object") ? CHECKED : IMPOSSIBLE;
        };
    }

    private static Fit of(String source, String exact, Fit otherwise) {
        return source.equals(exact) ? EXACT : otherwise;
    }

    private static Fit number(String source) {
        return source.equals("boolean") || source.equals("array") ? IMPOSSIBLE : CHECKED;
    }
}
