package io.sluice.loader.position;

import io.sluice.contract.StageError;
import io.sluice.loader.outcome.LoadTally;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Writes what a partition's worker must remember into the metadata of a committed offset, which a broker limits to 4096
 * characters. A run takes 14 to 40 characters. When they do not all fit, first the error texts go, then the runs that
 * counted least: after a crash those would count from zero, and nothing else.
 */
public final class PositionCodec {

    /** What a broker takes by default ({@code offset.metadata.max.bytes}). */
    public static final int MAXIMUM_LENGTH = 4096;

    private static final String VERSION = "1.";
    private static final int MAXIMUM_BYTES = (MAXIMUM_LENGTH - VERSION.length()) / 4 * 3;
    private static final int MAXIMUM_MESSAGE_BYTES = 300;
    private static final int MAXIMUM_CODE_BYTES = 60;
    private static final String FORGOTTEN = "the run failed before this loader was restarted";

    private PositionCodec() {}

    /** The metadata of a position; its offset is not in it. At most {@link #MAXIMUM_LENGTH} ASCII characters. */
    public static String encode(PartitionPosition position) {
        byte[] full = bytes(position.skip(), position.openRuns(), position.complete(), MAXIMUM_MESSAGE_BYTES);
        if (full.length > MAXIMUM_BYTES) {
            full = bytes(position.skip(), position.openRuns(), position.complete(), 0);
        }
        if (full.length > MAXIMUM_BYTES) {
            full = shortened(position);
        }
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(full);
    }

    private static byte[] shortened(PartitionPosition position) {
        List<OpenRun> byWeight = new ArrayList<>(position.openRuns());
        byWeight.sort(Comparator.comparing((OpenRun run) -> run.failure().isEmpty())
                .thenComparing(run -> -run.tally().answered() - run.tally().notAttempted()));
        int size = bytes(position.skip(), List.of(), false, 0).length + 2;
        int kept = 0;
        for (OpenRun run : byWeight) {
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            write(one, run, 0);
            size += one.size();
            if (size > MAXIMUM_BYTES) {
                break;
            }
            kept++;
        }
        return bytes(position.skip(), byWeight.subList(0, kept), false, 0);
    }

    /**
     * Reads a position back.
     *
     * @param metadata what {@link #encode} wrote; anything else (an operator moved the offset by hand) counts as a position
     *     of which nothing more is known
     */
    public static PartitionPosition decode(long offset, String metadata) {
        if (metadata == null || !metadata.startsWith(VERSION)) {
            return new PartitionPosition(offset, 0, List.of(), false);
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(Base64.getUrlDecoder().decode(metadata.substring(VERSION.length())));
            boolean complete = in.get() == 1;
            int skip = Math.toIntExact(number(in));
            int count = Math.toIntExact(number(in));
            List<OpenRun> runs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                runs.add(read(in));
            }
            return new PartitionPosition(offset, skip, runs, complete);
        } catch (IllegalArgumentException | ArithmeticException | BufferUnderflowException notOurs) {
            return new PartitionPosition(offset, 0, List.of(), false);
        }
    }

    private static byte[] bytes(int skip, List<OpenRun> runs, boolean complete, int messageBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(complete ? 1 : 0);
        number(out, skip);
        number(out, runs.size());
        for (OpenRun run : runs) {
            write(out, run, messageBytes);
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, OpenRun run, int messageBytes) {
        number(out, run.syncRunId());
        number(out, run.syncId());
        LoadTally tally = run.tally();
        number(out, tally.updatesSucceeded());
        number(out, tally.updatesFailed());
        number(out, tally.deletesSucceeded());
        number(out, tally.deletesFailed());
        number(out, tally.notAttempted());
        text(out, run.failure().map(StageError::getCode).orElse(""), MAXIMUM_CODE_BYTES);
        if (run.failure().isPresent()) {
            text(out, run.failure().get().getMessage(), messageBytes);
        }
    }

    private static OpenRun read(ByteBuffer in) {
        long syncRunId = number(in);
        long syncId = number(in);
        LoadTally tally = new LoadTally(number(in), number(in), number(in), number(in), number(in));
        String code = text(in);
        Optional<StageError> failure = Optional.empty();
        if (!code.isEmpty()) {
            String message = text(in);
            failure = Optional.of(new StageError(code, message.isEmpty() ? FORGOTTEN : message));
        }
        return new OpenRun(syncRunId, syncId, tally, failure);
    }

    private static void text(ByteArrayOutputStream out, String text, int maximumBytes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, maximumBytes);
        // never cut a character: step back over continuation bytes
        while (length > 0 && length < bytes.length && (bytes[length] & 0xC0) == 0x80) {
            length--;
        }
        number(out, length);
        out.write(bytes, 0, length);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Math.min(in.remaining(), Math.toIntExact(number(in)))];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Seven bits per byte, the highest bit says that more follow. */
    private static void number(ByteArrayOutputStream out, long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long number(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            number |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("not a number");
    }
}
