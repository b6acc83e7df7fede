package io.sluice.control.bucket;

import java.util.Optional;

/**
 * Whose a bucket is, and who looks at buckets.
 *
 * @param organizationId the organization
 * @param workspaceId the workspace; empty for the organization as a whole
 */
public record BucketOwner(long organizationId, Optional<Long> workspaceId) {

    /** The word of the API. */
    public String scope() {
        return workspaceId.isPresent() ? "workspace" : "organization";
    }
}
