package io.sluice.connector.jdbc;

import java.util.Arrays;

/** How a connection is encrypted (requirement SRC-20); the words are those of PostgreSQL's own clients. */
public enum SslMode {
    /** Never encrypt: for loopback and private development networks only. */
    DISABLE("disable"),
    /** Encrypt when the server offers it, without checking its certificate. */
    PREFER("prefer"),
    /** Encrypt or fail; the certificate is not checked. */
    REQUIRE("require"),
    /** Encrypt and check that a trusted authority signed the certificate. */
    VERIFY_CA("verify-ca"),
    /** As {@link #VERIFY_CA}, and the certificate must name the host. */
    VERIFY_FULL("verify-full");

    private final String wireName;

    SslMode(String wireName) {
        this.wireName = wireName;
    }

    /** The word of the setting and of the driver. */
    public String wireName() {
        return wireName;
    }

    /** Whether the server's certificate is checked. */
    public boolean verifies() {
        return this == VERIFY_CA || this == VERIFY_FULL;
    }

    static String[] wireNames() {
        return Arrays.stream(values()).map(SslMode::wireName).toArray(String[]::new);
    }

    static SslMode fromWireName(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown ssl mode: " + name));
    }
}
