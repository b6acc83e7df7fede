package io.sluice.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** How long a run took, from the API's own timestamps. */
final class RunTimes {
    private static final double MILLIS_PER_SECOND = 1000.0;

    private RunTimes() {}

    /** Seconds with one decimal from creation to completion; a dash when a time is missing. */
    static String seconds(JsonNode run) {
        try {
            Duration time = Duration.between(
                    Instant.parse(run.path("created_at").asText()),
                    Instant.parse(run.path("completed_at").asText()));
            return String.format(Locale.ROOT, "%.1f", time.toMillis() / MILLIS_PER_SECOND);
        } catch (DateTimeParseException missing) {
            return "–";
        }
    }
}
