package io.sluice.tracking.partition;

import io.sluice.operation.OperationKind;
import io.sluice.tracking.row.RowStatus;
import io.sluice.tracking.row.SampleRows;
import io.sluice.tracking.row.TrackedRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** A partition's messages: the brackets of some runs, interleaved, with holes between offsets as transactions leave them. */
record SimulatedLog(List<Entry> entries, int runs) {

    record Entry(long offset, OutcomeMessage message) {}

    /**
     * Interleaves the brackets.
     *
     * @param batches for each run the sizes of its batches
     * @param picks which run speaks next, modulo the number of runs
     * @param late whether the first run has rows after its end, as a cancelled run may
     */
    static SimulatedLog of(List<List<Integer>> batches, List<Integer> picks, boolean late) {
        List<Deque<OutcomeMessage>> brackets = new ArrayList<>();
        for (int run = 0; run < batches.size(); run++) {
            brackets.add(bracket(run + 1, batches.get(run), late && run == 0));
        }
        List<OutcomeMessage> messages = new ArrayList<>();
        for (int pick : picks) {
            Deque<OutcomeMessage> bracket = brackets.get(pick % brackets.size());
            if (!bracket.isEmpty()) {
                messages.add(bracket.removeFirst());
            }
        }
        brackets.forEach(messages::addAll);
        List<Entry> entries = new ArrayList<>();
        long offset = 7;
        for (OutcomeMessage message : messages) {
            entries.add(new Entry(offset, message));
            offset += 1 + offset % 3;
        }
        return new SimulatedLog(entries, batches.size());
    }

    /** The first entry at or after an offset; the size of the log when there is none. */
    int indexAt(long position) {
        return (int)
                entries.stream().takeWhile(entry -> entry.offset() < position).count();
    }

    private static Deque<OutcomeMessage> bracket(long run, List<Integer> sizes, boolean late) {
        Deque<OutcomeMessage> bracket = new ArrayDeque<>();
        bracket.add(new OutcomeMessage.RunOpened(run));
        int first = 0;
        for (int size : sizes) {
            bracket.add(new OutcomeMessage.RowsDecided(run, rows(run, first, size)));
            first += size;
        }
        bracket.add(new OutcomeMessage.RunClosed(Ends.of(run)));
        if (late) {
            bracket.add(new OutcomeMessage.RowsDecided(run, rows(run, first, 3)));
        }
        return bracket;
    }

    private static List<TrackedRow> rows(long run, int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(index -> row(run + "-" + index, index))
                .toList();
    }

    private static TrackedRow row(String identifier, int index) {
        return switch (index % 4) {
            case 0 -> SampleRows.succeeded(identifier, OperationKind.DELETE);
            case 1 -> SampleRows.invalid(identifier, RowStatus.DUPLICATE);
            case 2 -> SampleRows.rejected(identifier, OperationKind.UPSERT, "too long");
            default -> SampleRows.succeeded(identifier, OperationKind.UPSERT);
        };
    }
}
