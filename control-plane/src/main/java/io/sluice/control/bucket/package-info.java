/** Buckets that sync tracking is written to: of an organization, or of a workspace, which wins (BKT-1 to BKT-10). */
package io.sluice.control.bucket;
