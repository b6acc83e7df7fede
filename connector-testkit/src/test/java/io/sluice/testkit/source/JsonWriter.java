package io.sluice.testkit.source;

import static io.sluice.testkit.source.SourceLie.*;

import io.sluice.connector.source.CompoundKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes rows as the contract wants them, or not quite. */
final class JsonWriter {
    private final Set<SourceLie> lies;
    private final List<String> columns;
    private final Optional<CompoundKey> key;
    private int written;

    JsonWriter(Set<SourceLie> lies, List<String> columns, Optional<CompoundKey> key) {
        this.key = key;
        this.lies = lies;
        this.columns = lies.contains(READS_ALL_COLUMNS) ? SourceBench.ALL : columns;
    }

    String write(TestRow row) {
        boolean blanks = lies.contains(WRITES_BLANKS)
                || (lies.contains(WRITES_DIFFERENTLY_EACH_TIME) && (System.nanoTime() + written++) % 2 == 0);
        List<String> keys = lies.contains(WRITES_KEYS_IN_TABLE_ORDER)
                ? InMemorySource.COLUMNS.stream().filter(columns::contains).toList()
                : columns;
        boolean keyless = lies.contains(LEAVES_COMPOUND_KEYS_OUT);
        StringBuilder json = new StringBuilder("{");
        for (String key : keys) {
            boolean isKey = this.key.isPresent() && this.key.get().name().equals(key);
            Object value = isKey ? compound(row, this.key.get(), lies) : value(row, key);
            if ((value == null && lies.contains(LEAVES_NULLS_OUT)) || (isKey && keyless)) {
                continue;
            }
            json.append(json.length() > 1 ? "," : "").append('"').append(key).append("\":");
            json.append(blanks ? " " : "").append(written(value));
        }
        return json.append('}').toString();
    }

    static String compound(TestRow row, CompoundKey key, Set<SourceLie> lies) {
        List<String> parts = new ArrayList<>();
        for (String column : key.columns()) {
            Object value = value(row, column);
            if (value == null && !lies.contains(JOINS_NULLS_TOO)) {
                return null;
            }
            parts.add(String.valueOf(value));
        }
        return lies.contains(JOINS_WITHOUT_ESCAPING) ? String.join("|", parts) : CompoundKey.text(parts);
    }

    static Object value(TestRow row, String column) {
        return switch (column) {
            case TestTable.ID -> row.id();
            case TestTable.NAME -> row.name();
            case TestTable.AMOUNT -> row.amount();
            case TestTable.ACTIVE -> row.active();
            default -> null;
        };
    }

    private String written(Object value) {
        return switch (value) {
            case BigDecimal amount
            when lies.contains(FORGETS_THE_SCALE) -> amount.stripTrailingZeros().toPlainString();
            case BigDecimal amount -> amount.toPlainString();
            case Long number when lies.contains(ROUNDS_LARGE_NUMBERS) -> Long.toString((long) (double) number);
            case String text when lies.contains(ESCAPES_NOTHING) -> '"' + text + '"';
            case String text -> quoted(text);
            case null, default -> String.valueOf(value);
        };
    }

    private static String quoted(String text) {
        if (text.chars().noneMatch(unit -> unit < 0x20 || unit == '"' || unit == '\\')) {
            return '"' + text + '"';
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (unit == '"' || unit == '\\') {
                quoted.append('\\').append(unit);
            } else if (unit < 0x20) {
                quoted.append("\\u%04x".formatted((int) unit));
            } else {
                quoted.append(unit);
            }
        }
        return quoted.append('"').toString();
    }
}
