package io.sluice.testsupport;

/** A way to get real parts; what it starts lives until the test JVM ends. */
public interface PartsRoad {
    /** Starts a broker. */
    KafkaPart startKafka();

    /** Starts a PostgreSQL server. */
    PostgresPart startPostgres();

    /** Starts a registry. */
    RegistryPart startRegistry();
}
