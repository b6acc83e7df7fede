package io.sluice.loader.dispatch;

import java.util.Arrays;

/**
 * Records of a batch that are sent together, by their positions.
 *
 * @param indexes positions in the batch, ascending, at least one
 * @param retries how often exactly these records were sent again
 * @param notBefore monotonic nanoseconds before which they are not sent, meaningful when {@code retries > 0}
 * @param perhapsDone why an earlier try may have done something, or null when it surely did nothing
 */
record Slice(int[] indexes, int retries, long notBefore, String perhapsDone) {

    static Slice all(int size) {
        int[] indexes = new int[size];
        Arrays.setAll(indexes, i -> i);
        return new Slice(indexes, 0, 0, null);
    }

    Slice part(int from, int to) {
        return new Slice(Arrays.copyOfRange(indexes, from, to), 0, 0, perhapsDone);
    }

    Slice again(int[] remaining, long notBefore, String perhapsDone) {
        return new Slice(remaining, retries + 1, notBefore, perhapsDone);
    }

    int size() {
        return indexes.length;
    }
}
