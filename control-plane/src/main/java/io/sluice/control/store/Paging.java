package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.panache.common.Sort;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import java.util.List;
import java.util.function.Function;

/** Pages of queries, by creation time (census-api 2.3). */
final class Paging {

    private Paging() {}

    static Sort order(PageRequest page) {
        Sort.Direction direction = page.ascending() ? Sort.Direction.Ascending : Sort.Direction.Descending;
        return Sort.by("createdAt", direction).and("id", direction);
    }

    static <E, T> Page<T> page(PanacheQuery<E> query, PageRequest page, Function<List<E>, List<T>> conversion) {
        long total = query.count();
        List<E> rows = page.offset() >= total
                ? List.of()
                : query.page(page.number() - 1, page.size()).list();
        return new Page<>(conversion.apply(rows), total, page);
    }

    static <E, T> Page<T> pageOf(PanacheQuery<E> query, PageRequest page, Function<E, T> conversion) {
        return page(query, page, rows -> rows.stream().map(conversion).toList());
    }
}
