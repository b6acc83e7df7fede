package io.sluice.control.store;

import io.sluice.control.catalog.Refreshes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** Refresh jobs in PostgreSQL, so that a key stays valid over a restart. */
@ApplicationScoped
public class StoredRefreshes implements Refreshes {
    private final RefreshRows rows;
    private final Clock clock;

    public StoredRefreshes(RefreshRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    @Override
    @Transactional
    public long begin(Kind kind, long subjectId) {
        RefreshEntity row = new RefreshEntity();
        row.kind = word(kind);
        row.subjectId = subjectId;
        row.createdAt = clock.instant();
        rows.persist(row);
        return row.key;
    }

    @Override
    @Transactional
    public void finish(long key, Optional<String> error) {
        rows.findByIdOptional(key).ifPresent(row -> {
            row.completedAt = clock.instant();
            row.error = error.orElse(null);
        });
    }

    @Override
    @Transactional
    public Optional<Refresh> find(Kind kind, long subjectId, Optional<Long> key) {
        Optional<RefreshEntity> row = key.isPresent()
                ? rows.find("kind = ?1 and subjectId = ?2 and key = ?3", word(kind), subjectId, key.get())
                        .firstResultOptional()
                : rows.find("kind = ?1 and subjectId = ?2 order by key desc", word(kind), subjectId)
                        .firstResultOptional();
        return row.map(found -> new Refresh(found.key, found.completedAt != null, Optional.ofNullable(found.error)));
    }

    @Override
    @Transactional
    public void endAbandoned() {
        rows.update("completedAt = ?1, error = 'the server was restarted' where completedAt is null", clock.instant());
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
