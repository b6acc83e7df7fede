package io.sluice.tracking.query;

import io.sluice.operation.OperationKind;
import io.sluice.tracking.row.BatchType;
import io.sluice.tracking.row.RowStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows are wanted (TRK-10).
 *
 * @param identifier exactly this primary identifier, or empty for any
 * @param statuses one of these
 * @param operations one of these
 */
public record RowFilter(Optional<String> identifier, Set<RowStatus> statuses, Set<OperationKind> operations) {
    /** Every row. */
    public static final RowFilter ALL =
            new RowFilter(Optional.empty(), EnumSet.allOf(RowStatus.class), EnumSet.allOf(OperationKind.class));

    private static final String INVALID = "invalid";

    public RowFilter {
        statuses = Set.copyOf(statuses);
        operations = Set.copyOf(operations);
    }

    /**
     * Reads the words of the API: status {@code succeeded}, {@code rejected}, {@code invalid} (both kinds), {@code NULL} or
     * {@code DUPLICATE}; operation as in the files. Null and empty words filter nothing.
     *
     * @return empty when a word is unknown
     */
    public static Optional<RowFilter> of(String identifier, String status, String operation) {
        Set<RowStatus> statuses = isAny(status) ? ALL.statuses : statuses(status);
        Set<OperationKind> operations = isAny(operation) ? ALL.operations : operations(operation);
        return statuses.isEmpty() || operations.isEmpty()
                ? Optional.empty()
                : Optional.of(new RowFilter(
                        isAny(identifier) ? Optional.empty() : Optional.of(identifier), statuses, operations));
    }

    private static boolean isAny(String word) {
        return word == null || word.isEmpty();
    }

    private static Set<RowStatus> statuses(String word) {
        EnumSet<RowStatus> found = EnumSet.noneOf(RowStatus.class);
        for (RowStatus status : RowStatus.values()) {
            if (status.word().equalsIgnoreCase(word) || status.invalid() && INVALID.equalsIgnoreCase(word)) {
                found.add(status);
            }
        }
        return found;
    }

    private static Set<OperationKind> operations(String word) {
        EnumSet<OperationKind> found = EnumSet.noneOf(OperationKind.class);
        Arrays.stream(OperationKind.values())
                .filter(operation -> operation.wireName().equals(word.toLowerCase(Locale.ROOT)))
                .forEach(found::add);
        return found;
    }

    /** Whether files of a batch type can hold such rows: what needs not be opened at all. */
    boolean mayBeIn(BatchType type) {
        return switch (type) {
            case RECORDS_INVALID -> statuses.stream().anyMatch(RowStatus::invalid);
            case RECORDS_DELETED -> valid() && operations.stream().anyMatch(OperationKind::removes);
            case RECORDS_UPDATED -> valid() && operations.stream().anyMatch(operation -> !operation.removes());
        };
    }

    private boolean valid() {
        return statuses.stream().anyMatch(status -> !status.invalid());
    }
}
