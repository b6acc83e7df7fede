package io.sluice.differ.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.PlannedOperation;
import io.sluice.differ.diff.FailingRecord;
import io.sluice.differ.diff.QuarantineRule;
import io.sluice.differ.diff.RunFacts;
import io.sluice.differ.diff.RunProgress;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import io.sluice.record.Fingerprint;
import io.sluice.support.removal.RemovalLimit;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the differ has stored is read as it was, also what an earlier version stored. */
class StoredFormsTest {

    @Test
    @DisplayName("A run's progress comes back as it was stored")
    void progress() {
        RunProgress progress = new RunProgress(
                facts(new QuarantineRule(3, -17)),
                "attempt",
                2,
                RunProgress.Phase.LOADING,
                new RunProgress.Counts(1, 2, 3, 4, 5, 6, 7),
                8,
                9,
                Optional.of("2026-11-30"),
                Map.of(1, new RunProgress.Vote(10, 11)));

        assertThat(RunProgressCodec.read(RunProgressCodec.write(progress))).isEqualTo(progress);
    }

    @Test
    @DisplayName("A run that began before there was quarantine goes on without it")
    void progressOfAnEarlierVersion() throws IOException {
        RunProgress read = RunProgressCodec.read(progressOfFormatThree());

        assertThat(read)
                .isEqualTo(new RunProgress(
                        facts(QuarantineRule.OFF),
                        "attempt",
                        1,
                        RunProgress.Phase.READING,
                        new RunProgress.Counts(1, 2, 3, 4, 5, 6, 0),
                        8,
                        9,
                        Optional.empty(),
                        Map.of()));
    }

    private static byte[] progressOfFormatThree() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(3);
        out.writeLong(21);
        out.writeLong(22);
        out.writeLong(23);
        out.writeUTF("MIRROR");
        out.writeUTF("id");
        out.writeBoolean(false);
        out.writeLong(21);
        out.writeUTF("USUAL");
        out.writeBoolean(true);
        out.writeInt(25);
        out.writeLong(100);
        out.writeUTF("PLATFORM");
        out.writeUTF("attempt");
        out.writeInt(1);
        out.writeUTF("READING");
        for (long count = 1; count <= 6; count++) {
            out.writeLong(count);
        }
        out.writeLong(8);
        out.writeInt(9);
        out.writeBoolean(false);
        out.writeInt(0);
        return bytes.toByteArray();
    }

    private static RunFacts facts(QuarantineRule quarantine) {
        return new RunFacts(
                21,
                22,
                23,
                SyncBehavior.MIRROR,
                "id",
                false,
                21,
                RunFacts.Start.USUAL,
                Optional.of(new RemovalLimit(25, 100)),
                StateMode.PLATFORM,
                quarantine);
    }

    @Test
    @DisplayName("Issue 3.6: failing records come back as they were stored, each under its sync")
    void failingRecords() {
        ByteFailingRecords records = new ByteFailingRecords(new MemoryByteStore());
        FailingRecord silent = failing(PlannedOperation.DELETE, Optional.empty(), true);
        FailingRecord talking = failing(PlannedOperation.UPSERT, Optional.of("too löng"), false);
        records.put(1, "a", silent);
        records.put(2, "a", talking);
        records.put(2, "äß漢", silent);

        assertThat(records.find(1, "a")).isEqualTo(silent);
        assertThat(records.find(2, "a")).isEqualTo(talking);
        assertThat(records.find(2, "b")).isNull();
        List<String> visited = new ArrayList<>();
        records.forEach(2, (identifier, record) -> {
            visited.add(identifier);
            records.remove(2, identifier);
        });
        assertThat(visited).containsExactly("a", "äß漢");
        assertThat(records.find(2, "a")).isNull();
        assertThat(records.find(1, "a")).isEqualTo(silent);
    }

    private static FailingRecord failing(PlannedOperation operation, Optional<String> reason, boolean listed) {
        return new FailingRecord(
                new Fingerprint(5, -6),
                operation,
                3,
                99,
                Instant.parse("2026-11-30T07:00:00.123Z"),
                100,
                listed,
                reason);
    }
}
