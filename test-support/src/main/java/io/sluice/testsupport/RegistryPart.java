package io.sluice.testsupport;

/** A running Apicurio Registry. */
@FunctionalInterface
public interface RegistryPart {
    /** The address that Apicurio's serdes want, ending in {@code /apis/registry/v3}. */
    String url();
}
