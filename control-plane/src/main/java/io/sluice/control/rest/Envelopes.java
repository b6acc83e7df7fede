package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.control.page.Page;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What answers are wrapped in (census-api 2.1, 2.3). */
final class Envelopes {
    static final String SUCCESS = "success";
    static final String CREATED = "created";
    static final String UPDATED = "updated";

    private Envelopes() {}

    /** One thing. */
    @Schema(name = "Single", description = "One thing; status is success, created or updated")
    record Single<T>(String status, T data) {}

    /** A page of things. */
    @Schema(name = "Collection", description = "A page of things")
    record Collection<T>(String status, List<T> data, Pagination pagination, String next) {}

    /** Nothing but a status word. */
    @Schema(name = "Status", description = "Only a status word, for example deleted")
    record Status(String status) {}

    /** The id of what was made. */
    @Schema(name = "Created", description = "The id of what was made")
    record Id(long id) {}

    /** The key of a refresh job. */
    @Schema(name = "RefreshKey", description = "Key of a refresh job, for its status call")
    record RefreshKey(@JsonProperty("refresh_key") long refreshKey) {}

    /** Where a page stands in its collection. */
    @Schema(name = "Pagination", description = "Where this page stands; next_page is null on the last one")
    record Pagination(
            @JsonProperty("total_records") long totalRecords,
            @JsonProperty("per_page") int perPage,
            @JsonProperty("prev_page") Integer previousPage,
            int page,
            @JsonProperty("next_page") Integer nextPage,
            @JsonProperty("last_page") int lastPage) {

        static Pagination of(Page<?> page) {
            int number = page.request().number();
            return new Pagination(
                    page.total(),
                    page.request().size(),
                    number > 1 ? Math.min(number - 1, page.lastPage()) : null,
                    number,
                    page.hasNext() ? number + 1 : null,
                    page.lastPage());
        }
    }

    static <T> Single<T> success(T data) {
        return new Single<>(SUCCESS, data);
    }

    static <T> Single<T> created(T data) {
        return new Single<>(CREATED, data);
    }

    static <T> Single<T> updated(T data) {
        return new Single<>(UPDATED, data);
    }

    static Status deleted() {
        return new Status("deleted");
    }

    static <T, V> Collection<V> collection(Page<T> page, Function<T, V> view, UriInfo uri) {
        return new Collection<>(
                SUCCESS, page.entries().stream().map(view).toList(), Pagination.of(page), next(page, uri));
    }

    /** Absolute URL of the next page: deprecated, but some clients walk by it. */
    static String next(Page<?> page, UriInfo uri) {
        return page.hasNext()
                ? uri.getRequestUriBuilder()
                        .replaceQueryParam("page", page.request().number() + 1)
                        .build()
                        .toString()
                : null;
    }
}
