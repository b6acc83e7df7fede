package io.sluice.control.connection;

import java.util.Map;

/**
 * Credentials that a connection test was made with.
 *
 * @param credentials all of them
 * @param details those that are no secrets
 * @param test how the test went
 */
public record TestedSettings(Credentials credentials, Map<String, Object> details, ConnectionTest test) {}
