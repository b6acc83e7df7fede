package io.sluice.control.sync;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * When a sync is due (RUN-4, RUN-7), all in UTC with minute granularity.
 *
 * @param frequency how often
 * @param day week day of a weekly schedule
 * @param hour hour of a daily or weekly schedule, 0 to 24; 24 is midnight
 * @param minute minute of an hourly, daily or weekly schedule
 * @param cron five fields, only with {@link Frequency#EXPRESSION}
 */
public record Schedule(
        Frequency frequency,
        Optional<DayOfWeek> day,
        Optional<Integer> hour,
        Optional<Integer> minute,
        Optional<String> cron) {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    /** Manual runs only. */
    public static final Schedule NEVER =
            new Schedule(Frequency.NEVER, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Schedule {
        Objects.requireNonNull(frequency, "frequency");
        if (frequency == Frequency.WEEKLY && day.isEmpty()) {
            throw new IllegalArgumentException("a weekly schedule names its day");
        }
        if ((frequency == Frequency.EXPRESSION) != cron.isPresent()) {
            throw new IllegalArgumentException("exactly an expression schedule has a cron expression");
        }
    }

    /** How often. */
    public enum Frequency {
        NEVER,
        CONTINUOUS,
        QUARTER_HOURLY,
        HOURLY,
        DAILY,
        WEEKLY,
        EXPRESSION;

        /** The word of the API. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The frequency of that word. */
        public static Optional<Frequency> fromWireName(String name) {
            for (Frequency frequency : values()) {
                if (frequency.wireName().equals(name)) {
                    return Optional.of(frequency);
                }
            }
            return Optional.empty();
        }
    }

    /** The first moment after {@code moment} at which the sync is due; empty when it never is. */
    public Optional<Instant> nextAfter(Instant moment) {
        return expression()
                .flatMap(Schedule::parse)
                .flatMap(parsed -> ExecutionTime.forCron(parsed).nextExecution(moment.atZone(ZoneOffset.UTC)))
                .map(ZonedDateTime::toInstant);
    }

    /** Whether a text is a cron expression of five fields. */
    public static boolean isCron(String expression) {
        return parse(expression).isPresent();
    }

    private Optional<String> expression() {
        int atMinute = minute.orElse(0);
        int atHour = hour.orElse(0) % 24;
        return switch (frequency) {
            case NEVER -> Optional.empty();
            case CONTINUOUS -> Optional.of("* * * * *");
            case QUARTER_HOURLY -> Optional.of("*/15 * * * *");
            case HOURLY -> Optional.of(atMinute + " * * * *");
            case DAILY -> Optional.of(atMinute + " " + atHour + " * * *");
            case WEEKLY ->
                Optional.of(
                        atMinute + " " + atHour + " * * " + day.orElseThrow().getValue() % 7);
            case EXPRESSION -> cron;
        };
    }

    private static Optional<Cron> parse(String expression) {
        try {
            return Optional.of(PARSER.parse(expression).validate());
        } catch (IllegalArgumentException notCron) {
            return Optional.empty();
        }
    }
}
