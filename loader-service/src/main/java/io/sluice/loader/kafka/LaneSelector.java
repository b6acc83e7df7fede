package io.sluice.loader.kafka;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which destinations this process has lanes for: all ({@code *}), those of a type ({@code postgres}), or some by id
 * ({@code 7}); any mix of them.
 */
final class LaneSelector {
    private final boolean all;
    private final Set<String> types = new HashSet<>();
    private final Set<Long> ids = new HashSet<>();

    /**
     * Reads a selector.
     *
     * @throws IllegalArgumentException when there is nothing in it
     */
    LaneSelector(List<String> words) {
        boolean everything = false;
        for (String given : words) {
            String word = given.strip();
            if (word.equals("*")) {
                everything = true;
            } else if (word.matches("[0-9]+")) {
                ids.add(Long.parseLong(word));
            } else if (!word.isEmpty()) {
                types.add(word);
            }
        }
        this.all = everything;
        if (!all && types.isEmpty() && ids.isEmpty()) {
            throw new IllegalArgumentException(
                    "sluice.loader.destinations names no destination: use *, types such as postgres, or ids");
        }
    }

    boolean selects(long destinationId, String type) {
        return all || types.contains(type) || ids.contains(destinationId);
    }
}
