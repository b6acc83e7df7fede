package io.sluice.mapping.engine.cast;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/** Dates and times as ISO text, in UTC. */
final class Times {
    private static final DateTimeFormatter WITH_OPTIONAL_ZONE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXXXX][XXXX][X]")
            .toFormatter(Locale.ROOT)
            .withChronology(IsoChronology.INSTANCE)
            .withResolverStyle(ResolverStyle.STRICT);

    /** What a database knows and ISO 8601 does not: passed on as it is. */
    private static final Pattern BEYOND = Pattern.compile("-?infinity|.* BC|[0-9]{5,}-.*");

    private static final int DATE_LENGTH = 10;

    private Times() {}

    /** The date; of a moment, its date in UTC. */
    static String date(String text, Cast cast) throws CastException {
        if (BEYOND.matcher(text).matches()) {
            return text;
        }
        try {
            return text.length() == DATE_LENGTH
                    ? LocalDate.parse(text).toString()
                    : moment(text).toLocalDate().toString();
        } catch (DateTimeException notIso) {
            throw cast.unfit("no ISO date");
        }
    }

    /** The moment in UTC; a time without zone means UTC. */
    static String dateTime(String text, Cast cast) throws CastException {
        if (isUtc(text) || BEYOND.matcher(text).matches()) {
            return text;
        }
        try {
            if (text.length() == DATE_LENGTH) {
                return LocalDate.parse(text) + "T00:00:00Z";
            }
            return written(moment(text));
        } catch (DateTimeException notIso) {
            throw cast.unfit("no ISO date and time");
        }
    }

    /** Whether it is {@code yyyy-mm-ddThh:mm:ss}, perhaps a fraction, and Z: nearly all are, and need no parsing. */
    private static boolean isUtc(String text) {
        int length = text.length();
        if (length < 20 || length > 30 || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char character = text.charAt(i);
            boolean right =
                    switch (i) {
                        case 4, 7 -> character == '-';
                        case 10 -> character == 'T';
                        case 13, 16 -> character == ':';
                        case 19 -> character == '.' && length > 21;
                        default -> character >= '0' && character <= '9';
                    };
            if (!right) {
                return false;
            }
        }
        return inRange(text);
    }

    private static boolean inRange(String text) {
        return two(text, 5) >= 1
                && two(text, 5) <= 12
                && two(text, 8) >= 1
                && two(text, 8) <= 28
                && two(text, 11) <= 23
                && two(text, 14) <= 59
                && two(text, 17) <= 59;
    }

    private static int two(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }

    private static OffsetDateTime moment(String text) {
        String iso = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
                ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
                : text;
        TemporalAccessor parsed = WITH_OPTIONAL_ZONE.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime moment
                ? moment.withOffsetSameInstant(ZoneOffset.UTC)
                : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
    }

    /** A fraction has six digits, or nine when it needs them, or is left out when it is zero. */
    private static String written(OffsetDateTime moment) {
        String seconds = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").format(moment);
        int nanoseconds = moment.getNano();
        if (nanoseconds == 0) {
            return seconds + "Z";
        }
        return nanoseconds % 1_000 == 0
                ? "%s.%06dZ".formatted(seconds, nanoseconds / 1_000)
                : "%s.%09dZ".formatted(seconds, nanoseconds);
    }
}
