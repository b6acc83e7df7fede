package io.sluice.control.facts;

import io.sluice.control.connection.Announcements;
import java.time.Duration;

/** Publishes fact tables: every so often, and on demand (FCT-2). Thread-safe. */
public final class FactService {
    private final Facts facts;
    private final Announcements announcements;
    private final Duration interval;

    public FactService(Facts facts, Announcements announcements, Duration interval) {
        this.facts = facts;
        this.announcements = announcements;
        this.interval = interval;
    }

    /** Publishes the facts of an organization now. */
    public void refresh(long organizationId) {
        facts.publish(organizationId);
        announcements.publish();
    }

    /** Publishes the facts of every organization whose turn it is. */
    public void refreshDue() {
        facts.takeDue(interval).forEach(this::refresh);
    }
}
