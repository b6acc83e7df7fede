package io.sluice.differ.state;

import io.sluice.differ.diff.QuarantineRule;
import io.sluice.differ.diff.RunFacts;
import io.sluice.differ.diff.RunProgress;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import io.sluice.support.removal.RemovalLimit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Bytes of a run's progress; the first byte is the format's version. */
final class RunProgressCodec {
    private static final int VERSION = 4;
    /** Knew no quarantine; runs that it began are finished. */
    private static final int BEFORE_QUARANTINE = 3;

    private RunProgressCodec() {}

    static byte[] write(RunProgress progress) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            writeFacts(progress.facts(), out);
            out.writeUTF(progress.attemptId());
            out.writeInt(progress.attempt());
            out.writeUTF(progress.phase().name());
            RunProgress.Counts counts = progress.counts();
            out.writeLong(counts.sourceRecords());
            out.writeLong(counts.unchanged());
            out.writeLong(counts.plannedUpdates());
            out.writeLong(counts.plannedDeletes());
            out.writeLong(counts.invalid());
            out.writeLong(counts.added());
            out.writeLong(counts.quarantined());
            out.writeLong(progress.seen());
            out.writeInt(progress.logged());
            out.writeBoolean(progress.highWaterMark().isPresent());
            if (progress.highWaterMark().isPresent()) {
                byte[] mark = progress.highWaterMark().get().getBytes(StandardCharsets.UTF_8);
                out.writeInt(mark.length);
                out.write(mark);
            }
            out.writeInt(progress.votes().size());
            for (Map.Entry<Integer, RunProgress.Vote> vote : progress.votes().entrySet()) {
                out.writeInt(vote.getKey());
                out.writeLong(vote.getValue().removals());
                out.writeLong(vote.getValue().synced());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void writeFacts(RunFacts facts, DataOutputStream out) throws IOException {
        out.writeLong(facts.syncRunId());
        out.writeLong(facts.syncId());
        out.writeLong(facts.destinationId());
        out.writeUTF(facts.behavior().name());
        out.writeUTF(facts.identifierColumn());
        out.writeBoolean(facts.fullSync());
        out.writeLong(facts.fullSyncSince());
        out.writeUTF(facts.start().name());
        out.writeBoolean(facts.limit().isPresent());
        if (facts.limit().isPresent()) {
            out.writeInt(facts.limit().get().maxPercent());
            out.writeLong(facts.limit().get().minRecords());
        }
        out.writeUTF(facts.stateMode().name());
        out.writeInt(facts.quarantine().maxFailures());
        out.writeLong(facts.quarantine().mappings());
    }

    static RunProgress read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != VERSION && version != BEFORE_QUARANTINE) {
                throw new IllegalStateException("run progress of format " + version
                        + " was written by another version of the differ: let its" + " runs end before the upgrade");
            }
            boolean quarantine = version > BEFORE_QUARANTINE;
            return new RunProgress(
                    readFacts(in, quarantine),
                    in.readUTF(),
                    in.readInt(),
                    RunProgress.Phase.valueOf(in.readUTF()),
                    new RunProgress.Counts(
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            quarantine ? in.readLong() : 0),
                    in.readLong(),
                    in.readInt(),
                    readMark(in),
                    readVotes(in));
        } catch (IOException truncated) {
            throw new UncheckedIOException(truncated);
        }
    }

    private static RunFacts readFacts(DataInputStream in, boolean quarantine) throws IOException {
        return new RunFacts(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                SyncBehavior.valueOf(in.readUTF()),
                in.readUTF(),
                in.readBoolean(),
                in.readLong(),
                RunFacts.Start.valueOf(in.readUTF()),
                in.readBoolean() ? Optional.of(new RemovalLimit(in.readInt(), in.readLong())) : Optional.empty(),
                StateMode.valueOf(in.readUTF()),
                quarantine ? new QuarantineRule(in.readInt(), in.readLong()) : QuarantineRule.OFF);
    }

    private static Optional<String> readMark(DataInputStream in) throws IOException {
        return in.readBoolean()
                ? Optional.of(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static Map<Integer, RunProgress.Vote> readVotes(DataInputStream in) throws IOException {
        Map<Integer, RunProgress.Vote> votes = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            votes.put(in.readInt(), new RunProgress.Vote(in.readLong(), in.readLong()));
        }
        return votes;
    }
}
