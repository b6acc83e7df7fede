package io.sluice.control.page;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a collection.
 *
 * @param entries the entries of this page
 * @param total entries of the whole collection
 * @param request which page this is
 */
public record Page<T>(List<T> entries, long total, PageRequest request) {
    public Page {
        entries = List.copyOf(entries);
    }

    /** Cuts a page out of a complete list that is already in order. */
    public static <T> Page<T> of(List<T> all, PageRequest request) {
        int from = (int) Math.min(request.offset(), all.size());
        int to = Math.min(from + request.size(), all.size());
        return new Page<>(all.subList(from, to), all.size(), request);
    }

    /** Number of the last page; an empty collection has one empty page. */
    public int lastPage() {
        return (int) Math.max(1, (total + request.size() - 1) / request.size());
    }

    /** Whether a later page has entries. */
    public boolean hasNext() {
        return request.number() < lastPage();
    }

    /** The same page with converted entries. */
    public <R> Page<R> map(Function<T, R> conversion) {
        return new Page<>(entries.stream().map(conversion).toList(), total, request);
    }
}
