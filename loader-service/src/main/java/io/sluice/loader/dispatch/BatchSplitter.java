package io.sluice.loader.dispatch;

import java.util.Deque;

/**
 * Splits what a destination refused as a whole (RTY-3): halves, again and again, down to the single record, whose refusal
 * is then its own. With k bad records among n that is at most 2k·⌈log₂ n⌉ + 1 calls. Order is kept: the first half is
 * sent before the second.
 */
final class BatchSplitter {

    private BatchSplitter() {}

    /**
     * Puts both halves of a refused slice in front of what is waiting.
     *
     * @return false when the slice is a single record, which cannot be split
     */
    static boolean split(Slice refused, Deque<Slice> waiting) {
        if (refused.size() == 1) {
            return false;
        }
        int middle = refused.size() / 2;
        waiting.addFirst(refused.part(middle, refused.size()));
        waiting.addFirst(refused.part(0, middle));
        return true;
    }
}
