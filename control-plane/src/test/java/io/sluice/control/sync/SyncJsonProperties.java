package io.sluice.control.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.mapping.FieldMapping;
import io.sluice.mapping.MappingSource;
import io.sluice.mapping.engine.name.NameStyle;
import io.sluice.operation.MirrorStrategy;
import io.sluice.operation.SyncBehavior;
import io.sluice.record.Value;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SyncJsonProperties {

    @Property
    void whatIsWrittenIsReadBackAsItWas(@ForAll("definitions") SyncDefinition definition) {
        assertThat(SyncJson.read(SyncJson.write(definition))).isEqualTo(definition);
    }

    @Provide
    Arbitrary<SyncDefinition> definitions() {
        return Combinators.combine(
                        words().optional(),
                        Arbitraries.of(SyncBehavior.values()),
                        mappings().list().ofMinSize(1).ofMaxSize(6),
                        schedules(),
                        Arbitraries.longs().between(1, 1L << 53).optional(),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 100_000).optional())
                .as((label, behavior, mappings, schedule, parent, paused, batchSize) -> new SyncDefinition(
                        label, behavior, mappings, schedule, parent, paused, options(behavior, batchSize, paused)));
    }

    private static SyncOptions options(SyncBehavior behavior, Optional<Integer> batchSize, boolean alerts) {
        return new SyncOptions(
                "mapping_order",
                Optional.empty(),
                batchSize
                        .<Map<String, Object>>map(size -> Map.of("batch_size", size))
                        .orElse(Map.of()),
                alerts ? Alert.DEFAULTS : List.of(),
                alerts,
                !alerts,
                33,
                runs(behavior, batchSize.isPresent(), alerts),
                alerts ? Optional.of(NameStyle.SNAKE_CASE) : Optional.empty());
    }

    private static RunOptions runs(SyncBehavior behavior, boolean one, boolean other) {
        return new RunOptions(
                behavior == SyncBehavior.MIRROR
                        ? Optional.of(one ? MirrorStrategy.UPDATES_AND_NULLS : MirrorStrategy.UPDATES_AND_DELETES)
                        : Optional.empty(),
                behavior == SyncBehavior.APPEND
                        ? Optional.of(new RunOptions.Append(
                                one, other ? Optional.of("updated at") : Optional.empty(), other && one ? 60 : 0))
                        : Optional.empty(),
                one ? RunOptions.Guard.DEFAULT : new RunOptions.Guard(other ? 0 : 100, 7),
                other ? 0 : 3,
                one == other);
    }

    private static Arbitrary<MappingDefinition> mappings() {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        Arbitrary<MappingDefinition> columns = Combinators.combine(names(), words(), flags, flags, flags)
                .as((column, field, key, nulls, generate) -> new MappingDefinition(
                        new FieldMapping(new MappingSource.Column(column), field, key, nulls),
                        Optional.empty(),
                        new MappingOptions(
                                generate,
                                nulls,
                                key,
                                generate ? Optional.of("decimal") : Optional.empty(),
                                key ? Optional.of("merge") : Optional.empty(),
                                nulls
                                        ? Optional.of(new MappingOptions.Lookup("x" + field, field))
                                        : Optional.empty())));
        Arbitrary<MappingDefinition> templates = words().map(field -> new MappingDefinition(
                new FieldMapping(
                        new MappingSource.Template("{{ record['" + field + "'] | json }}\n"), field, false, true),
                Optional.empty(),
                MappingOptions.plain(false)));
        Arbitrary<MappingDefinition> texts = Combinators.combine(Arbitraries.strings(), words())
                .as((text, field) -> constant(Value.ofText(text), ConstantType.TEXT, field));
        Arbitrary<MappingDefinition> numbers = Combinators.combine(Arbitraries.bigDecimals(), words())
                .as((number, field) -> constant(new Value.Number(number.toPlainString()), ConstantType.NUMBER, field));
        Arbitrary<MappingDefinition> metadata = words().map(field -> new MappingDefinition(
                new FieldMapping(new MappingSource.SyncMetadata("sync_run_id"), field, false, true),
                Optional.empty(),
                MappingOptions.plain(false)));
        Arbitrary<MappingDefinition> keys = names().list()
                .ofMinSize(2)
                .ofMaxSize(10)
                .uniqueElements()
                .map(columnsOfTheKey -> new MappingDefinition(
                        new FieldMapping(new MappingSource.CompoundKey(columnsOfTheKey), "key", true, true),
                        Optional.empty(),
                        MappingOptions.plain(false)));
        return Arbitraries.oneOf(columns, texts, numbers, metadata, templates, keys);
    }

    private static MappingDefinition constant(Value value, ConstantType type, String field) {
        return new MappingDefinition(
                new FieldMapping(new MappingSource.Constant(value), field, false, true),
                Optional.of(type),
                MappingOptions.plain(false));
    }

    private static Arbitrary<Schedule> schedules() {
        Optional<Integer> six = Optional.of(6);
        return Arbitraries.of(
                Schedule.NEVER,
                new Schedule(Schedule.Frequency.HOURLY, Optional.empty(), Optional.empty(), six, Optional.empty()),
                new Schedule(Schedule.Frequency.DAILY, Optional.empty(), six, six, Optional.empty()),
                new Schedule(Schedule.Frequency.WEEKLY, Optional.of(DayOfWeek.SUNDAY), six, six, Optional.empty()),
                new Schedule(
                        Schedule.Frequency.EXPRESSION,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("*/5 1 * * 2")));
    }

    private static Arbitrary<String> words() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("ÄאЖ漢_ .")
                .ofMinLength(1)
                .map(text -> "x" + text);
    }

    /** Column names are taken exactly, whatever they are. */
    private static Arbitrary<String> names() {
        return Arbitraries.strings().ofMinLength(1);
    }
}
