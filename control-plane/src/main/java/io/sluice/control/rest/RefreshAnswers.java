package io.sluice.control.rest;

import io.sluice.control.catalog.Catalog;
import io.sluice.control.catalog.Refreshes;
import io.sluice.control.error.ApiException;
import java.util.Optional;

/** Answers how a refresh is going (API-5). */
final class RefreshAnswers {

    private RefreshAnswers() {}

    /** {@code completed} or {@code processing}; a failed refresh is over too: the cache simply stays as it was. */
    static Envelopes.Status status(Catalog catalog, Refreshes.Kind kind, long subjectId, String key) {
        Refreshes.Refresh refresh = catalog.refresh(kind, subjectId, number(key))
                .orElseThrow(() -> ApiException.notFound("refresh", key == null ? "yet" : key));
        return new Envelopes.Status(refresh.completed() ? "completed" : "processing");
    }

    private static Optional<Long> number(String key) {
        if (key == null || key.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(key.strip()));
        } catch (NumberFormatException notAKey) {
            return Optional.of(-1L);
        }
    }
}
