package io.sluice.control.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PageProperties {

    @Property
    void walkingByNextPageSeesEveryEntryOnceAndEnds(
            @ForAll @IntRange(max = 300) int total, @ForAll @IntRange(min = 1, max = 100) int size) {
        List<Integer> all = IntStream.range(0, total).boxed().toList();
        List<Integer> seen = new ArrayList<>();
        int number = 1;
        while (true) {
            Page<Integer> page = Page.of(all, new PageRequest(number, size, true));
            seen.addAll(page.entries());
            assertThat(page.total()).isEqualTo(total);
            if (!page.hasNext()) {
                assertThat(number).isEqualTo(page.lastPage());
                break;
            }
            assertThat(page.entries()).hasSize(size);
            number++;
        }
        assertThat(seen).isEqualTo(all);
    }

    @Property
    void noQueryIsEverRefused(@ForAll String page, @ForAll String perPage, @ForAll String order) {
        PageRequest request = PageRequest.of(page, perPage, order);

        assertThat(request.number()).isPositive();
        assertThat(request.size()).isBetween(1, PageRequest.MAXIMUM_SIZE);
    }

    @Example
    void defaultsAndClamps() {
        assertThat(PageRequest.of(null, null, null)).isEqualTo(new PageRequest(1, 25, false));
        assertThat(PageRequest.of("0", "250", "asc")).isEqualTo(new PageRequest(1, 100, true));
        assertThat(PageRequest.of("-3", "-1", "desc")).isEqualTo(new PageRequest(1, 25, false));
        assertThat(PageRequest.of("99999999999", "10", "ASC").number()).isEqualTo(Integer.MAX_VALUE);
    }

    @Example
    void aPageBeyondTheEndIsEmpty() {
        Page<Integer> page = Page.of(List.of(1, 2, 3), new PageRequest(Integer.MAX_VALUE, 100, true));

        assertThat(page.entries()).isEmpty();
        assertThat(page.hasNext()).isFalse();
        assertThat(page.lastPage()).isEqualTo(1);
    }
}
