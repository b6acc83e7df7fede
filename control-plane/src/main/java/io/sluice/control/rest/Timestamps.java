package io.sluice.control.rest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times as the API writes them: UTC, milliseconds, {@code Z} (census-api 2.4). */
final class Timestamps {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    static String text(Instant instant) {
        return FORMAT.format(instant);
    }

    static String text(Optional<Instant> instant) {
        return instant.map(FORMAT::format).orElse(null);
    }
}
