package io.sluice.differ.state;

import io.sluice.differ.diff.RunFacts;
import io.sluice.differ.diff.RunProgress;
import io.sluice.operation.SyncBehavior;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Bytes of a run's progress; the first byte is the format's version. */
final class RunProgressCodec {
    private static final int VERSION = 1;

    private RunProgressCodec() {}

    static byte[] write(RunProgress progress) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            RunFacts facts = progress.facts();
            out.writeByte(VERSION);
            out.writeLong(facts.syncRunId());
            out.writeLong(facts.syncId());
            out.writeLong(facts.destinationId());
            out.writeUTF(facts.behavior().name());
            out.writeBoolean(facts.fullSync());
            out.writeUTF(facts.identifierColumn());
            out.writeUTF(progress.attemptId());
            out.writeInt(progress.attempt());
            out.writeUTF(progress.phase().name());
            out.writeLong(progress.sourceRecords());
            out.writeLong(progress.unchanged());
            out.writeLong(progress.plannedUpdates());
            out.writeLong(progress.plannedDeletes());
            out.writeLong(progress.invalid());
            out.writeLong(progress.seen());
            out.writeInt(progress.logged());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static RunProgress read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalStateException("run progress of format " + version + " was written by a newer differ");
            }
            RunFacts facts = new RunFacts(
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    SyncBehavior.valueOf(in.readUTF()),
                    in.readBoolean(),
                    in.readUTF());
            return new RunProgress(
                    facts,
                    in.readUTF(),
                    in.readInt(),
                    RunProgress.Phase.valueOf(in.readUTF()),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readInt());
        } catch (IOException truncated) {
            throw new UncheckedIOException(truncated);
        }
    }
}
