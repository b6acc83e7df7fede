package io.sluice.connector.destination.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** The header {@code Retry-After} (RTY-4): seconds, or a date in one of the three forms HTTP knows. */
final class RetryAfter {
    private RetryAfter() {}

    /** How long to wait; zero for a time that has passed and for text that is neither seconds nor a date. */
    static Duration parse(String header, Instant now) {
        String text = header.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        for (DateTimeFormatter form : dates(now)) {
            try {
                Duration wait =
                        Duration.between(now, LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
                return wait.isNegative() ? Duration.ZERO : wait;
            } catch (DateTimeParseException _) {
                continue; // the next form
            }
        }
        return Duration.ZERO;
    }

    /** The form of today, and the two that old servers may still write (RFC 9110, section 5.6.7). */
    private static List<DateTimeFormatter> dates(Instant now) {
        int oldestYear = now.atOffset(ZoneOffset.UTC).getYear() - 50; // what a year of two digits may mean
        return List.of(
                DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US),
                new DateTimeFormatterBuilder()
                        .appendPattern("EEEE, dd-MMM-")
                        .appendValueReduced(ChronoField.YEAR, 2, 2, oldestYear)
                        .appendPattern(" HH:mm:ss 'GMT'")
                        .toFormatter(Locale.US),
                DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US));
    }
}
