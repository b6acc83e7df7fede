package io.sluice.control.connection;

import io.sluice.operation.StateMode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A source connection without its secrets.
 *
 * @param id its id
 * @param workspaceId the workspace it belongs to
 * @param name display name
 * @param label deprecated second name
 * @param type connector type, for example {@code postgres}
 * @param engine where state lives (SRC-16)
 * @param details the settings that are no secrets
 * @param writeback whether and how its syncs are logged into it (WWB-1)
 * @param lastTest the last connection test
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
public record Source(
        long id,
        long workspaceId,
        String name,
        Optional<String> label,
        String type,
        StateMode engine,
        Map<String, Object> details,
        WritebackSettings writeback,
        Optional<ConnectionTest> lastTest,
        Instant createdAt,
        Instant updatedAt) {}
