package io.sluice.mapping.engine.cast;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
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
    private static final int TIME_START = 11;
    private static final int TIME_END = 19;

    private Times() {}

    /** The date; of a moment, its date in UTC. */
    static String date(String text, Cast cast) throws CastException {
        if (text.length() == DATE_LENGTH && isDate(text) || BEYOND.matcher(text).matches()) {
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

    /** The moment in UTC; a time without zone means UTC. Nearly all are in ISO form already, and need no parsing. */
    static String dateTime(String text, Cast cast) throws CastException {
        int length = text.length();
        if (length > TIME_START && text.charAt(DATE_LENGTH) == 'T' && isDate(text)) {
            if (text.charAt(length - 1) == 'Z' && isTime(text, length - 1)) {
                return text;
            }
            if (isTime(text, length)) {
                return text + "Z";
            }
        }
        if (BEYOND.matcher(text).matches()) {
            return text;
        }
        try {
            return length == DATE_LENGTH ? LocalDate.parse(text) + "T00:00:00Z" : written(moment(text));
        } catch (DateTimeException notIso) {
            throw cast.unfit("no ISO date and time");
        }
    }

    /** Whether it begins with {@code yyyy-mm-dd}, a day there is. */
    private static boolean isDate(String text) {
        if (text.charAt(4) != '-' || text.charAt(7) != '-') {
            return false;
        }
        int century = two(text, 0);
        int year = two(text, 2);
        int month = two(text, 5);
        int day = two(text, 8);
        return century >= 0
                && year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(century * 100 + year, month).lengthOfMonth();
    }

    /** Whether {@code hh:mm:ss}, perhaps with a fraction, stands between the date and {@code end}. */
    private static boolean isTime(String text, int end) {
        if (end < TIME_END || text.charAt(13) != ':' || text.charAt(16) != ':') {
            return false;
        }
        for (int i = TIME_END; i < end; i++) {
            boolean right = i == TIME_END
                    ? text.charAt(i) == '.' && end > TIME_END + 1 && end <= TIME_END + 10
                    : isDigit(text.charAt(i));
            if (!right) {
                return false;
            }
        }
        int hour = two(text, TIME_START);
        int minute = two(text, 14);
        int second = two(text, 17);
        return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
    }

    /** The number two digits make, or less than zero. */
    private static int two(String text, int at) {
        char tens = text.charAt(at);
        char ones = text.charAt(at + 1);
        return isDigit(tens) && isDigit(ones) ? (tens - '0') * 10 + ones - '0' : -1;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
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
