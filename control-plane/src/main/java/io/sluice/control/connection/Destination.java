package io.sluice.control.connection;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A destination connection without its secrets.
 *
 * @param id its id
 * @param workspaceId the workspace it belongs to
 * @param name display name
 * @param type connector type, for example {@code webhook}
 * @param details the settings that are no secrets
 * @param lastTest the last connection test
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
public record Destination(
        long id,
        long workspaceId,
        String name,
        String type,
        Map<String, Object> details,
        Optional<ConnectionTest> lastTest,
        Instant createdAt,
        Instant updatedAt) {}
