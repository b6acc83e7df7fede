package io.sluice.tracking.ledger;

import io.sluice.tracking.row.BatchType;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checkpoints as the short text Kafka keeps beside a committed offset: {@code 1:} and base64 of variable-length integers:
 * length of the promised cut (0 for none), then per run the distance from the previous run id, the three sequence numbers
 * and the row count. Kafka's brokers refuse more than {@code offset.metadata.max.bytes} (4096 by default), so runs are left
 * out when there is no room; they are then looked up in the bucket, which is slower and just as right.
 */
public final class CheckpointCodec {
    private static final String VERSION = "1:";

    private final int maxLength;

    /**
     * Makes a codec.
     *
     * @param maxLength longest text, in characters; at least 3000, so that the runs of a cut always fit
     */
    public CheckpointCodec(int maxLength) {
        if (maxLength < 3000) {
            throw new IllegalArgumentException("a checkpoint may need 3000 characters, not " + maxLength);
        }
        this.maxLength = maxLength;
    }

    /**
     * The text of a checkpoint; the position is not in it.
     *
     * @param needed runs that may not be left out: those of the promised cut, at most {@link CutPolicy#RUNS_PER_CUT}
     */
    public String encode(Checkpoint checkpoint, Set<Long> needed) {
        // the oldest first: likeliest to be forgotten ones; and START is what an absent run has, unless a promise names
        // it
        List<Long> optional = checkpoint.runs().entrySet().stream()
                .filter(run -> !needed.contains(run.getKey()) && !run.getValue().equals(FileSequence.START))
                .map(Map.Entry::getKey)
                .toList();
        int dropped = 0;
        String text = text(checkpoint, needed, optional);
        while (text.length() > maxLength && dropped < optional.size()) {
            dropped += Math.max(1, (optional.size() - dropped) / 8);
            text = text(checkpoint, needed, optional.subList(dropped, optional.size()));
        }
        if (text.length() > maxLength) {
            throw new IllegalStateException("a cut of " + needed.size() + " runs does not fit a checkpoint");
        }
        return text;
    }

    private static String text(Checkpoint checkpoint, Set<Long> needed, List<Long> optional) {
        SortedMap<Long, FileSequence> kept = new TreeMap<>(checkpoint.runs());
        Set<Long> wanted = new HashSet<>(optional);
        kept.keySet().removeIf(run -> !needed.contains(run) && !wanted.contains(run));
        return text(checkpoint, kept);
    }

    /**
     * Reads a checkpoint.
     *
     * @param metadata what {@link #encode} made, or blank when somebody else set the offset
     * @throws IllegalArgumentException when the text is something else
     */
    public Checkpoint decode(long position, String metadata) {
        if (metadata == null || metadata.isBlank()) {
            return Checkpoint.start(position);
        }
        if (!metadata.startsWith(VERSION)) {
            throw new IllegalArgumentException("not a tracking checkpoint of this version: " + metadata);
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(Base64.getUrlDecoder().decode(metadata.substring(VERSION.length())));
            long promised = number(in);
            SortedMap<Long, FileSequence> runs = new TreeMap<>();
            long run = 0;
            while (in.hasRemaining()) {
                run += number(in);
                runs.put(run, new FileSequence(sequence(in), sequence(in), sequence(in), number(in)));
            }
            return new Checkpoint(
                    position, promised == 0 ? OptionalLong.empty() : OptionalLong.of(position + promised), runs);
        } catch (BufferUnderflowException | ArithmeticException damaged) {
            throw new IllegalArgumentException("a damaged tracking checkpoint: " + metadata, damaged);
        }
    }

    private static String text(Checkpoint checkpoint, SortedMap<Long, FileSequence> runs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        checkpoint.promisedCut().ifPresentOrElse(cut -> number(out, cut - checkpoint.position()), () -> number(out, 0));
        long previous = 0;
        for (Map.Entry<Long, FileSequence> run : runs.entrySet()) {
            number(out, run.getKey() - previous);
            previous = run.getKey();
            for (BatchType type : BatchType.values()) {
                number(out, run.getValue().next(type));
            }
            number(out, run.getValue().rows());
        }
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    private static void number(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static int sequence(ByteBuffer in) {
        return Math.toIntExact(number(in));
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ArithmeticException("a number of more than 64 bits");
    }
}
