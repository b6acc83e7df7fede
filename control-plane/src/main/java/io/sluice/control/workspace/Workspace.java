package io.sluice.control.workspace;

import java.time.Instant;
import java.util.List;

/**
 * A workspace: the boundary of everything a workspace API key can see (ORG-1).
 *
 * @param id its id
 * @param organizationId the organization it belongs to
 * @param name unique within the organization
 * @param notificationEmails who is told about alerts (ORG-6)
 * @param createdAt when it was made
 */
public record Workspace(long id, long organizationId, String name, List<String> notificationEmails, Instant createdAt) {
    public Workspace {
        notificationEmails = List.copyOf(notificationEmails);
    }
}
