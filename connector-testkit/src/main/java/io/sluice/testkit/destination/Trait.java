package io.sluice.testkit.destination;

/**
 * What a kind of destination can do by its nature, beyond {@link io.sluice.connector.destination.DestinationClaims}. A
 * fixture denies what does not hold; the suites then check the documented alternative or say why they are skipped.
 */
public enum Trait {
    /**
     * The destination itself finds the record of an identifier: an insert leaves an existing record alone (BEH-16), an
     * update creates none (BEH-15). Denied by destinations that only pass messages on.
     */
    MATCHES_RECORDS,
    /**
     * The destination checks that an object exists. Denied where anything can be written anywhere: then only the
     * fixture's own objects are named.
     */
    KNOWS_OBJECTS,
    /** A value that is left out (as opposed to null) leaves the stored field as it was (MAP-5). */
    PARTIAL_UPDATES
}
