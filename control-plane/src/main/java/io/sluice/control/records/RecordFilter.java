package io.sluice.control.records;

import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problems;
import io.sluice.operation.OperationKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which records are wanted (TRK-10); empty means any.
 *
 * @param identifier exactly this primary identifier
 * @param status a status word of the API
 * @param operation an operation word of the API
 */
public record RecordFilter(Optional<String> identifier, Optional<String> status, Optional<String> operation) {
    /** Invalid before sending, for whichever reason. */
    public static final String INVALID = "invalid";

    /** Sent and not accepted. */
    public static final String REJECTED = "rejected";

    private static final List<String> STATUSES = List.of("succeeded", REJECTED, INVALID, "NULL", "DUPLICATE");

    /** Reads query parameters; what is wrong goes into {@code problems}. */
    public static RecordFilter of(String identifier, String status, String operation, Problems problems) {
        Optional<String> wantedStatus = word(status).map(word -> STATUSES.stream()
                .filter(known -> known.equalsIgnoreCase(word))
                .findFirst()
                .orElseGet(() -> unknown("status", word, String.join(", ", STATUSES), problems)));
        List<String> operations = Arrays.stream(OperationKind.values())
                .map(OperationKind::wireName)
                .toList();
        Optional<String> wantedOperation = word(operation)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .map(word -> operations.contains(word)
                        ? word
                        : unknown("operation", word, String.join(", ", operations), problems));
        return new RecordFilter(word(identifier), wantedStatus, wantedOperation);
    }

    private static Optional<String> word(String given) {
        return Optional.ofNullable(given).filter(text -> !text.isEmpty());
    }

    private static String unknown(String field, String word, String known, Problems problems) {
        problems.add(ErrorCode.INVALID_VALUE, field, field + " '" + word + "' is none of " + known);
        return word;
    }
}
