package io.sluice.control.facts;

import java.util.Optional;

/** The words of the type columns (FCT-4, FCT-6, FCT-7); what has no word has NULL (FCT-10). */
public final class FactWords {

    private FactWords() {}

    /** A source object's type, from the word of the API. */
    public static Optional<String> sourceObject(String kind) {
        return switch (kind) {
            case "table" -> Optional.of("DataWarehouse::Table");
            case "model" -> Optional.of("DataWarehouse::Query");
            default -> Optional.empty();
        };
    }

    /** A destination's type, from its connector's label: {@code Google Sheets} gives {@code GoogleSheets::Connection}. */
    public static Optional<String> destination(String label) {
        return word(label).map(name -> name + "::Connection");
    }

    /** The type of a destination object, from its connector's label and its own. */
    public static Optional<String> destinationObject(String connector, String object) {
        return word(connector).flatMap(name -> word(object).map(kind -> name + "::ObjectTypes::" + kind));
    }

    /** Letters and digits, each word with a capital: what comes before and after :: is a name without blanks. */
    private static Optional<String> word(String label) {
        StringBuilder word = new StringBuilder();
        boolean begins = true;
        for (int character : label.codePoints().toArray()) {
            if (Character.isLetterOrDigit(character)) {
                word.appendCodePoint(begins ? Character.toUpperCase(character) : character);
                begins = false;
            } else {
                begins = true;
            }
        }
        return word.isEmpty() ? Optional.empty() : Optional.of(word.toString());
    }
}
