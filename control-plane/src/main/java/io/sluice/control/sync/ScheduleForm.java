package io.sluice.control.sync;

import io.sluice.control.error.ErrorCode;
import io.sluice.control.form.FormReader;
import java.time.DayOfWeek;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code mode}, or the flat schedule fields and {@code triggers} it replaced (census-api 3.1.4). */
final class ScheduleForm {

    private ScheduleForm() {}

    static Schedule schedule(FormReader form) {
        Optional<FormReader> mode = form.object("mode");
        mode.flatMap(given -> given.text("type")).ifPresent(type -> checkType(mode.get(), type));
        Optional<FormReader> nested =
                mode.flatMap(given -> given.object("triggers")).flatMap(triggers -> triggers.object("schedule"));
        if (nested.isPresent()) {
            return read(nested.get(), "");
        }
        return mode.isPresent() ? Schedule.NEVER : read(form, "schedule_");
    }

    static Optional<Long> afterSync(FormReader form) {
        Optional<FormReader> triggers =
                form.object("mode").map(mode -> mode.object("triggers")).orElseGet(() -> form.object("triggers"));
        triggers.ifPresent(given -> {
            unavailable(given, "dbt_cloud");
            unavailable(given, "fivetran");
        });
        return triggers.flatMap(given -> given.object("sync_sequence"))
                .flatMap(sequence -> sequence.requiredId("sync_id"));
    }

    private static void unavailable(FormReader triggers, String key) {
        if (triggers.raw(key).isPresent()) {
            triggers.problems()
                    .add(
                            ErrorCode.OPTION_NOT_AVAILABLE,
                            triggers.place(key),
                            triggers.place(key) + " is not available yet: trigger the sync through the API");
        }
    }

    private static void checkType(FormReader mode, String type) {
        switch (type) {
            case "triggered" -> {}
            case "live" ->
                mode.problems()
                        .add(
                                ErrorCode.OPTION_NOT_AVAILABLE,
                                mode.place("type"),
                                "mode.type 'live' is not available yet: use triggered");
            default -> mode.invalid("type", "must be triggered");
        }
    }

    private static Schedule read(FormReader form, String prefix) {
        Optional<String> word = form.text(prefix + "frequency");
        Optional<Schedule.Frequency> frequency =
                word.map(Schedule.Frequency::fromWireName).orElse(Optional.of(Schedule.Frequency.NEVER));
        if (frequency.isEmpty()) {
            form.invalid(
                    prefix + "frequency",
                    "must be never, continuous, quarter_hourly, hourly, daily, weekly or expression");
            return Schedule.NEVER;
        }
        Optional<Integer> minute = form.integer(prefix + "minute", 0, 59);
        Optional<Integer> hour = form.integer(prefix + "hour", 0, 24);
        return switch (frequency.get()) {
            case NEVER, CONTINUOUS, QUARTER_HOURLY ->
                new Schedule(frequency.get(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
            case HOURLY ->
                new Schedule(
                        frequency.get(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(minute.orElse(0)),
                        Optional.empty());
            case DAILY ->
                new Schedule(
                        frequency.get(),
                        Optional.empty(),
                        Optional.of(hour.orElse(0)),
                        Optional.of(minute.orElse(0)),
                        Optional.empty());
            case WEEKLY -> weekly(form, prefix, hour.orElse(0), minute.orElse(0));
            case EXPRESSION -> expression(form);
        };
    }

    private static Schedule weekly(FormReader form, String prefix, int hour, int minute) {
        Optional<DayOfWeek> day = form.requiredText(prefix + "day").flatMap(word -> day(form, prefix, word));
        return day.isEmpty()
                ? Schedule.NEVER
                : new Schedule(
                        Schedule.Frequency.WEEKLY, day, Optional.of(hour), Optional.of(minute), Optional.empty());
    }

    private static Optional<DayOfWeek> day(FormReader form, String prefix, String word) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().equals(word.toUpperCase(Locale.ROOT))) {
                return Optional.of(day);
            }
        }
        form.invalid(prefix + "day", "must be a week day in English, for example Monday");
        return Optional.empty();
    }

    private static Schedule expression(FormReader form) {
        Optional<String> cron = form.requiredText("cron_expression");
        if (cron.isPresent() && !Schedule.isCron(cron.get())) {
            form.invalid(
                    "cron_expression",
                    "must have the five fields minute, hour, day of month, month, day of week, for example */30 6 * * 1");
            return Schedule.NEVER;
        }
        return cron.isEmpty()
                ? Schedule.NEVER
                : new Schedule(
                        Schedule.Frequency.EXPRESSION, Optional.empty(), Optional.empty(), Optional.empty(), cron);
    }
}
