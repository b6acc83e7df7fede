package io.sluice.control.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.form.FormReader;
import io.sluice.operation.MirrorStrategy;
import io.sluice.operation.SyncBehavior;
import java.util.List;
import java.util.Optional;

/** Reads and writes how a sync's runs meet its state (census-api 3.1.1, and {@code removal_guard} and {@code max_consecutive_failures} of our own). */
final class RunOptionsForm {
    static final String MIRROR_STRATEGY = "mirror_strategy";
    static final String HIGH_WATER_MARK = "high_water_mark_attribute";
    private static final String OLDER_HIGH_WATER_MARK = "high_water_mark_attributes";
    private static final String OVERLAP = "high_water_mark_overlap_seconds";
    private static final String HISTORICAL = "historical_sync_operation";
    private static final String SKIP = "skip_current_records";
    private static final String BACKFILL = "backfill_all_records";
    static final String MAX_FAILURES = "max_consecutive_failures";
    private static final int MOST_FAILURES = 1_000;
    private static final String LOGGED = "enable_sync_logs";
    private static final String GUARD = "removal_guard";
    private static final int MOST_OVERLAP_SECONDS = 31 * 24 * 3600;

    /** What is of no meaning any more when another behavior is chosen. */
    static final List<String> OF_ONE_BEHAVIOR =
            List.of(MIRROR_STRATEGY, HIGH_WATER_MARK, OLDER_HIGH_WATER_MARK, OVERLAP, HISTORICAL);

    private RunOptionsForm() {}

    static RunOptions read(FormReader form, Optional<SyncBehavior> behavior) {
        Optional<RunOptions.Append> append = append(form);
        if (behavior.isPresent() && behavior.get() != SyncBehavior.APPEND) {
            refuseForOthers(form);
        }
        return new RunOptions(
                mirror(form, behavior),
                append.filter(read -> behavior.equals(Optional.of(SyncBehavior.APPEND))),
                guard(form),
                form.integer(MAX_FAILURES, 0, MOST_FAILURES).orElse(0),
                form.flag(LOGGED).orElse(true));
    }

    private static Optional<MirrorStrategy> mirror(FormReader form, Optional<SyncBehavior> behavior) {
        Optional<String> word = form.text(MIRROR_STRATEGY);
        Optional<MirrorStrategy> strategy = word.flatMap(MirrorStrategy::fromWireName);
        if (word.isPresent() && behavior.isPresent() && behavior.get() != SyncBehavior.MIRROR) {
            form.invalid(MIRROR_STRATEGY, "is for mirror syncs only");
        } else if (word.isPresent() && strategy.isEmpty()) {
            form.invalid(
                    MIRROR_STRATEGY,
                    "must be sync_updates_and_deletes, sync_updates_and_nulls or upload_and_swap, not '" + word.get()
                            + "'");
        }
        return behavior.filter(SyncBehavior.MIRROR::equals)
                .map(mirror -> strategy.orElse(MirrorStrategy.UPDATES_AND_DELETES));
    }

    private static Optional<RunOptions.Append> append(FormReader form) {
        Optional<String> historical = form.text(HISTORICAL);
        historical
                .filter(word -> !word.equals(SKIP) && !word.equals(BACKFILL))
                .ifPresent(word -> form.invalid(HISTORICAL, "must be " + BACKFILL + " or " + SKIP));
        Optional<String> column = form.text(HIGH_WATER_MARK).or(() -> form.object(OLDER_HIGH_WATER_MARK)
                .filter(older -> older.flag("use_high_water_mark_diff_type").orElse(true))
                .flatMap(older -> older.text("column_name")));
        Optional<Integer> overlap = form.integer(OVERLAP, 0, MOST_OVERLAP_SECONDS);
        if (column.isEmpty() && overlap.filter(seconds -> seconds > 0).isPresent()) {
            form.invalid(OVERLAP, "needs " + HIGH_WATER_MARK);
        }
        return Optional.of(
                new RunOptions.Append(historical.filter(SKIP::equals).isPresent(), column, overlap.orElse(0)));
    }

    private static void refuseForOthers(FormReader form) {
        for (String key : List.of(HIGH_WATER_MARK, OLDER_HIGH_WATER_MARK, OVERLAP, HISTORICAL)) {
            if (form.raw(key).isPresent()) {
                form.problems().add(ErrorCode.INVALID_VALUE, form.place(key), key + " is for append syncs only");
            }
        }
    }

    private static RunOptions.Guard guard(FormReader form) {
        RunOptions.Guard usual = RunOptions.Guard.DEFAULT;
        return form.object(GUARD)
                .map(given -> new RunOptions.Guard(
                        given.integer("max_percent", 0, 100).orElse(usual.maxPercent()),
                        given.integer("min_records", 0, Integer.MAX_VALUE).orElse(usual.minRecords())))
                .orElse(usual);
    }

    static void write(RunOptions options, ObjectNode node) {
        node.put(MIRROR_STRATEGY, options.mirror().map(MirrorStrategy::wireName).orElse(null));
        Optional<RunOptions.Append> append = options.append();
        node.put(
                HISTORICAL,
                append.map(found -> found.skipsCurrent() ? SKIP : BACKFILL).orElse(null));
        Optional<String> column = append.flatMap(RunOptions.Append::highWaterMarkColumn);
        node.put(HIGH_WATER_MARK, column.orElse(null));
        node.put(OVERLAP, column.map(growing -> append.get().overlapSeconds()).orElse(null));
        node.put(LOGGED, options.logged());
        node.put(MAX_FAILURES, options.maxConsecutiveFailures());
        node.putObject(GUARD)
                .put("max_percent", options.guard().maxPercent())
                .put("min_records", options.guard().minRecords());
    }
}
