package io.sluice.tracking.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.NotAttempted;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.RecordFingerprint;
import io.sluice.contract.SyncLogPart;
import io.sluice.operation.OperationKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutcomeRowsTest {
    private static final Instant STARTED = Instant.parse("2026-11-21T08:00:00.123Z");
    private static final Instant ENDED = Instant.parse("2026-11-21T08:00:01Z");
    private static final RecordFingerprint NO_FINGERPRINT = new RecordFingerprint(new byte[16]);

    @Test
    void everyStatusHasItsWordAndItsFile() {
        List<TrackedRow> rows = OutcomeRows.of(batch(
                outcome("a", PlannedOperation.UPSERT, OutcomeStatus.SUCCEEDED, null),
                outcome("b", PlannedOperation.DELETE, OutcomeStatus.REJECTED, "gone"),
                outcome("c", PlannedOperation.INSERT, OutcomeStatus.UNKNOWN, "timed out"),
                outcome("d", PlannedOperation.APPEND, OutcomeStatus.UNKNOWN, null),
                outcome(null, PlannedOperation.UPDATE, OutcomeStatus.NULL_IDENTIFIER, null),
                outcome("e", PlannedOperation.UPSERT, OutcomeStatus.DUPLICATE_IDENTIFIER, null)));

        assertThat(rows)
                .extracting(row -> row.status().word())
                .containsExactly("succeeded", "rejected", "rejected", "rejected", "NULL", "DUPLICATE");
        assertThat(rows)
                .extracting(row -> row.batchType().prefix())
                .containsExactly(
                        "records_updated",
                        "records_deleted",
                        "records_updated",
                        "records_updated",
                        "records_invalid",
                        "records_invalid");
        assertThat(rows)
                .extracting(TrackedRow::operation)
                .containsExactly(
                        OperationKind.UPSERT,
                        OperationKind.DELETE,
                        OperationKind.INSERT,
                        OperationKind.APPEND,
                        OperationKind.UPDATE,
                        OperationKind.UPSERT);
        assertThat(rows.get(2).message()).isEqualTo("timed out");
        assertThat(rows.get(3).message()).contains("unknown");
    }

    @Test
    void invalidRowsHaveNoBatchTimes() {
        List<TrackedRow> rows = OutcomeRows.of(batch(
                outcome("a", PlannedOperation.UPSERT, OutcomeStatus.SUCCEEDED, null),
                outcome("e", PlannedOperation.UPSERT, OutcomeStatus.DUPLICATE_IDENTIFIER, null)));

        assertThat(rows.get(0).batchStartedAt()).isEqualTo(STARTED);
        assertThat(rows.get(0).batchEndedAt()).isEqualTo(ENDED);
        assertThat(rows.get(1).batchStartedAt()).isNull();
        assertThat(rows.get(1).batchEndedAt()).isNull();
    }

    @Test
    void bytesThatAreNotUtf8AreReplacedAndTheRestKept() {
        ByteBuffer latin1 = ByteBuffer.wrap("{\"name\":\"Zoë\"}".getBytes(StandardCharsets.ISO_8859_1));
        ByteBuffer emoji = SampleRows.json("{\"name\":\"🙂 שלום\"}");

        assertThat(text(Utf8.wellFormed(latin1))).isEqualTo("{\"name\":\"Zo\uFFFD\"}");
        assertThat(Utf8.wellFormed(emoji)).isSameAs(emoji);
    }

    @Test
    void nothingOfARowIsPrinted() {
        TrackedRow row = SampleRows.rejected("alice@example.com", OperationKind.UPSERT, "alice is taken");

        assertThat(row.toString()).doesNotContain("alice").contains("UPSERT", "REJECTED");
    }

    @Test
    @DisplayName("TRK-32, WWB-6: operations that were never tried leave no row")
    void whatWasNotAttemptedIsNoRow() {
        OutcomeBatch left = new OutcomeBatch(
                9L,
                null,
                null,
                List.of(),
                new SyncLogPart(List.of(), List.of(new NotAttempted("a", PlannedOperation.UPSERT))));

        assertThat(OutcomeRows.of(left)).isEmpty();
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    private static OutcomeBatch batch(Outcome... outcomes) {
        return new OutcomeBatch(9L, STARTED, ENDED, List.of(outcomes), null);
    }

    private static Outcome outcome(String identifier, PlannedOperation kind, OutcomeStatus status, String message) {
        return new Outcome(identifier, kind, status, message, NO_FINGERPRINT, SampleRows.json("{\"id\":1}"), -1);
    }
}
