package io.sluice.control.connection;

/** Tells the workers what a committed transaction wrote down for them. Never blocks and never fails. */
@FunctionalInterface
public interface Announcements {
    void publish();
}
