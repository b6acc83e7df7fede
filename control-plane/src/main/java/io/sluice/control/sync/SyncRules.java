package io.sluice.control.sync;

import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.source.SourceColumn;
import io.sluice.control.catalog.SourceItem;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problems;
import io.sluice.mapping.MappingSource;
import io.sluice.operation.MirrorStrategy;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules a sync must keep before it may be saved (KEY-2, KEY-4, MAP-19, DST-3). Notes every breach at once. What is
 * not known, because it could not be found or read, is not judged.
 */
public final class SyncRules {
    private final SyncForm form;
    private final Problems problems;

    private SyncRules(SyncForm form, Problems problems) {
        this.form = form;
        this.problems = problems;
    }

    /** Checks a form against the columns it reads, the source's state mode and the object it writes, as far as known. */
    public static void check(
            SyncForm form,
            Optional<SourceItem.Columns> columns,
            Optional<StateMode> engine,
            Optional<DestinationObject> object,
            Problems problems) {
        SyncRules rules = new SyncRules(form, problems);
        rules.identifier();
        rules.duplicates();
        columns.ifPresent(rules::growingColumn);
        columns.ifPresent(rules::columns);
        columns.ifPresent(rules::compoundKey);
        engine.filter(StateMode.NONE::equals).ifPresent(stateless -> rules.stateless());
        failures(form, engine, problems);
        object.ifPresent(known -> rules.object(known, columns));
    }

    private void identifier() {
        List<MappingForm> identifiers =
                form.mappings().stream().filter(MappingForm::primaryIdentifier).toList();
        if (form.mappings().isEmpty()) {
            return;
        }
        if (identifiers.isEmpty()) {
            problems.add(
                    ErrorCode.NO_PRIMARY_IDENTIFIER,
                    "mappings",
                    "no mapping is the primary identifier: set is_primary_identifier on exactly one");
        } else if (identifiers.size() > 1) {
            problems.add(
                    ErrorCode.SEVERAL_PRIMARY_IDENTIFIERS,
                    "mappings",
                    identifiers.size() + " mappings are primary identifiers: set is_primary_identifier on exactly one");
        }
        for (MappingForm mapping : identifiers) {
            if (mapping.from().isPresent()
                    && !(mapping.from().get() instanceof MappingSource.Column)
                    && mapping.compoundKey().isEmpty()) {
                problems.add(
                        ErrorCode.IDENTIFIER_NOT_A_COLUMN,
                        mapping.place() + ".from",
                        "the primary identifier must come from a source column, or be a compound_key of several");
            }
        }
        form.mappings().stream()
                .filter(mapping -> mapping.compoundKey().isPresent() && !mapping.primaryIdentifier())
                .forEach(mapping -> problems.add(
                        ErrorCode.COMPOUND_KEY_INVALID,
                        mapping.place() + ".from",
                        "only the primary identifier can be a compound_key: use a liquid_template to join columns"));
    }

    /** What a compound key asks of its source object (KEY-3). */
    private void compoundKey(SourceItem.Columns columns) {
        for (MappingForm mapping : form.mappings()) {
            mapping.compoundKey().ifPresent(key -> {
                if (columns.column(MappingSource.CompoundKey.COLUMN).isPresent()) {
                    problems.add(
                            ErrorCode.COMPOUND_KEY_INVALID,
                            mapping.place() + ".from",
                            "the source object has a column " + MappingSource.CompoundKey.COLUMN
                                    + ", and a compound key needs that name: use a model that gives it another");
                }
                for (String name : key.columns()) {
                    columns.column(name)
                            .filter(column -> column.jsonType() == SourceColumn.JsonType.OBJECT
                                    || column.jsonType() == SourceColumn.JsonType.ARRAY)
                            .ifPresent(column -> problems.add(
                                    ErrorCode.COMPOUND_KEY_INVALID,
                                    mapping.place() + ".from.data",
                                    "column '" + name + "' holds no single values and cannot be part of a key"));
                }
            });
        }
    }

    private void duplicates() {
        Set<String> seen = new HashSet<>();
        for (MappingForm mapping : form.mappings()) {
            if (mapping.to().isPresent() && !seen.add(mapping.to().get())) {
                problems.add(
                        ErrorCode.DUPLICATE_FIELD,
                        mapping.place() + ".to",
                        "destination field '" + mapping.to().get() + "' is mapped more than once");
            }
        }
    }

    /** What cannot work without state is refused when it is saved, not when it runs (SRC-13, SRC-14). */
    private void stateless() {
        form.behavior()
                .filter(SyncBehavior.needingState()::contains)
                .ifPresent(behavior -> problems.add(
                        ErrorCode.STATE_REQUIRED,
                        "operation",
                        "operation '" + behavior.wireName() + "' must know what was sent before, and the source has"
                                + " sync_engine 'stateless', which keeps nothing: move the source to 'basic' or"
                                + " 'advanced', or choose upsert, update, insert or delete"));
    }

    /** Runs in a row can only be counted where a run knows of the one before (SRC-13). */
    static void failures(SyncForm form, Optional<StateMode> engine, Problems problems) {
        if (engine.filter(StateMode.NONE::equals).isPresent()
                && form.options().runs().maxConsecutiveFailures() > 0) {
            problems.add(
                    ErrorCode.STATE_REQUIRED,
                    RunOptionsForm.MAX_FAILURES,
                    RunOptionsForm.MAX_FAILURES + " counts rejections from run to run, and the source has sync_engine"
                            + " 'stateless', which keeps nothing: move the source to 'basic' or 'advanced', or set it to 0");
        }
    }

    private void columns(SourceItem.Columns columns) {
        for (MappingForm mapping : form.mappings()) {
            for (String name : mapping.columns()) {
                if (columns.column(name).isEmpty()) {
                    problems.add(
                            ErrorCode.COLUMN_NOT_FOUND,
                            mapping.place() + ".from.data",
                            "the source object has no column '" + name + "'" + nearest(columns, name));
                }
            }
        }
    }

    private void growingColumn(SourceItem.Columns columns) {
        form.options()
                .runs()
                .append()
                .flatMap(RunOptions.Append::highWaterMarkColumn)
                .filter(name -> columns.column(name).isEmpty())
                .ifPresent(name -> problems.add(
                        ErrorCode.COLUMN_NOT_FOUND,
                        RunOptionsForm.HIGH_WATER_MARK,
                        "the source object has no column '" + name + "'"));
    }

    private void strategy(DestinationObject object) {
        form.options()
                .runs()
                .mirror()
                .filter(strategy -> object.behaviors().contains(SyncBehavior.MIRROR))
                .filter(strategy -> !object.mirrorStrategies().contains(strategy))
                .ifPresent(strategy -> problems.add(
                        ErrorCode.MIRROR_STRATEGY_NOT_SUPPORTED,
                        RunOptionsForm.MIRROR_STRATEGY,
                        "destination object '" + object.fullName() + "' does not support mirror_strategy '"
                                + strategy.wireName() + "': it supports "
                                + String.join(
                                        ", ",
                                        object.mirrorStrategies().stream()
                                                .sorted()
                                                .map(MirrorStrategy::wireName)
                                                .toList())));
    }

    /** Columns are named exactly; the commonest slip is their case. */
    private static String nearest(SourceItem.Columns columns, String name) {
        return columns.list().stream()
                .map(SourceColumn::name)
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(near -> ": did you mean '" + near + "'?")
                .orElse("");
    }

    private void object(DestinationObject object, Optional<SourceItem.Columns> columns) {
        strategy(object);
        form.behavior().ifPresent(behavior -> {
            if (!object.behaviors().contains(behavior)) {
                problems.add(
                        ErrorCode.BEHAVIOR_NOT_SUPPORTED,
                        "operation",
                        "destination object '" + object.fullName() + "' does not support '" + behavior.wireName()
                                + "': it supports " + words(object.behaviors()));
            }
        });
        FieldRules fields = new FieldRules(object, columns, problems);
        for (MappingForm mapping : form.mappings()) {
            mapping.to().ifPresent(to -> {
                field(object, mapping, to);
                fields.check(mapping, to);
            });
        }
        if (form.behavior()
                .filter(behavior -> behavior == SyncBehavior.UPDATE || behavior == SyncBehavior.DELETE)
                .isEmpty()) {
            required(object, columns);
        }
    }

    private void field(DestinationObject object, MappingForm mapping, String to) {
        Optional<DestinationField> known = object.field(to);
        if (known.isEmpty()) {
            if (!object.allowsCustomFields()) {
                unknownField(object, mapping, to);
            }
            return;
        }
        DestinationField field = known.get();
        if (mapping.primaryIdentifier()) {
            if (!field.identifier()) {
                problems.add(
                        ErrorCode.IDENTIFIER_NOT_ALLOWED,
                        mapping.place() + ".to",
                        "destination field '" + to + "' cannot be the primary identifier: it must be unique there");
            }
            return;
        }
        if (!writable(field)) {
            problems.add(
                    ErrorCode.FIELD_NOT_WRITABLE,
                    mapping.place() + ".to",
                    "destination field '" + to + "' cannot be written by this operation");
        }
    }

    private void unknownField(DestinationObject object, MappingForm mapping, String to) {
        if (mapping.options().generateField()) {
            problems.add(
                    ErrorCode.MAPPING_OPTION_NOT_AVAILABLE,
                    mapping.place() + ".generate_field",
                    "destination object '" + object.fullName() + "' cannot get the new field '" + to
                            + "' from here: create it there first");
        } else {
            problems.add(
                    ErrorCode.FIELD_NOT_FOUND,
                    mapping.place() + ".to",
                    "destination object '" + object.fullName() + "' has no field '" + to + "'");
        }
    }

    private boolean writable(DestinationField field) {
        return form.behavior()
                .map(behavior -> switch (behavior) {
                    case UPDATE -> field.updateable();
                    case INSERT, APPEND -> field.createable();
                    case UPSERT, MIRROR -> field.createable() || field.updateable();
                    case DELETE -> true;
                })
                .orElse(field.createable() || field.updateable());
    }

    private void required(DestinationObject object, Optional<SourceItem.Columns> columns) {
        Set<String> byRule = form.options()
                .allProperties()
                .flatMap(style -> columns.map(
                        known -> Set.copyOf(AllProperties.fields(style, known).values())))
                .orElse(Set.of());
        for (DestinationField field : object.fields()) {
            boolean mapped = form.mappings().stream()
                    .anyMatch(mapping ->
                            mapping.to().filter(field.fullName()::equals).isPresent());
            if (field.required() && !mapped && !byRule.contains(field.fullName())) {
                problems.add(
                        ErrorCode.REQUIRED_FIELD_UNMAPPED,
                        "mappings",
                        "required destination field '" + field.fullName() + "' is not mapped");
            }
        }
    }

    private static String words(Collection<SyncBehavior> behaviors) {
        return String.join(
                ", ", behaviors.stream().sorted().map(SyncBehavior::wireName).toList());
    }
}
