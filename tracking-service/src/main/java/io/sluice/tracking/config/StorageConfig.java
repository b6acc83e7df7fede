package io.sluice.tracking.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The platform's own storage, where runs are tracked that have no bucket of their own, and what is between it and buckets. */
@ConfigMapping(prefix = "sluice.tracking.storage")
public interface StorageConfig {

    /** Where it is. */
    @WithDefault("local")
    Type type();

    /** The bucket, when the type is s3. */
    S3 s3();

    /**
     * How long a run's records are kept, counted from the last that was written (TRK-5). Customers' buckets are never
     * touched.
     */
    @WithDefault("P14D")
    Duration retention();

    /** How often old runs are looked for. */
    @WithDefault("PT1H")
    Duration retentionInterval();

    /**
     * Longest wait for one call to a customer's bucket before its files go to the spool on the platform's storage: so long,
     * once per outage, the other customers of a partition wait for it.
     */
    @WithDefault("PT10S")
    Duration bucketPatience();

    /** How often files in the spool are tried again. */
    @WithDefault("PT15S")
    Duration spoolInterval();

    /** Kinds of platform storage. */
    enum Type {
        /** A folder, {@code sluice.tracking.local-directory}. */
        LOCAL,
        /** A bucket in S3 or a server that speaks its protocol. */
        S3
    }

    /** A bucket in S3. */
    interface S3 {

        /** Its name. */
        Optional<String> bucket();

        /** Its region. */
        @WithDefault("us-east-1")
        String region();

        /** Address of a server that speaks S3; empty for Amazon's. */
        Optional<URI> endpoint();

        /** Whether the bucket's name is in the path; most other servers want that. */
        @WithDefault("false")
        boolean pathStyle();

        /** An access key; without one the process's own identity is used (environment, instance or pod role). */
        Optional<String> accessKeyId();

        /** Secret of the access key. */
        Optional<String> secretAccessKey();

        /** AES256 or aws:kms; empty for the bucket's default. */
        Optional<String> serverSideEncryption();

        /** Key for aws:kms. */
        Optional<String> kmsKeyId();
    }
}
