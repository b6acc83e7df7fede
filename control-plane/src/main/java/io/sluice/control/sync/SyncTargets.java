package io.sluice.control.sync;

import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.control.catalog.Catalog;
import io.sluice.control.catalog.DestinationItem;
import io.sluice.control.catalog.SourceItem;
import io.sluice.control.catalog.SourceItems;
import io.sluice.control.connection.Destination;
import io.sluice.control.connection.Destinations;
import io.sluice.control.connection.Source;
import io.sluice.control.connection.Sources;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problem;
import io.sluice.control.error.Problems;
import io.sluice.operation.StateMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds what a sync's form names, within one workspace. What cannot be found or read is noted as a problem and left out,
 * so that the rest is still checked. Thread-safe.
 */
final class SyncTargets {
    private final Sources sources;
    private final Destinations destinations;
    private final SourceItems items;
    private final Catalog catalog;

    SyncTargets(Sources sources, Destinations destinations, SourceItems items, Catalog catalog) {
        this.sources = sources;
        this.destinations = destinations;
        this.items = items;
        this.catalog = catalog;
    }

    /** What a sync reads, and where that source's state lives. */
    record ReadTarget(SourceItem item, Optional<SourceItem.Columns> columns, Optional<StateMode> engine) {}

    Optional<ReadTarget> source(long workspaceId, SyncForm form, Problems problems) {
        if (form.source().isEmpty()) {
            return Optional.empty();
        }
        SourceReference reference = form.source().get();
        Optional<Source> named = reference.connectionId().flatMap(id -> sources.find(workspaceId, id));
        if (reference.connectionId().isPresent() && named.isEmpty()) {
            problems.add(
                    ErrorCode.SOURCE_NOT_FOUND,
                    "source_attributes.connection_id",
                    "there is no source " + reference.connectionId().get() + " in this workspace");
            return Optional.empty();
        }
        String place = "source_attributes.object";
        Optional<SourceItem> item =
                guarded(place, problems, () -> item(workspaceId, reference, named, place, problems));
        Optional<Source> found = item.flatMap(read -> sources.find(workspaceId, read.sourceId()));
        found.ifPresent(source -> claims(source, form, problems));
        return item.map(
                read -> new ReadTarget(read, columns(workspaceId, read, form, problems), found.map(Source::engine)));
    }

    /** Where the state of a sync that exists lives; its source is not asked. */
    Optional<StateMode> engine(Sync sync) {
        return sources.find(sync.workspaceId(), sync.source().sourceId()).map(Source::engine);
    }

    /** What not every kind of source can do. */
    private void claims(Source source, SyncForm form, Problems problems) {
        Optional.of(source)
                .filter(known -> !catalog.readsWindows(known))
                .flatMap(known -> form.options().runs().append())
                .flatMap(RunOptions.Append::highWaterMarkColumn)
                .ifPresent(column -> problems.add(
                        ErrorCode.HIGH_WATER_MARK_NOT_SUPPORTED,
                        RunOptionsForm.HIGH_WATER_MARK,
                        "this kind of source cannot be read by a high-water mark: leave "
                                + RunOptionsForm.HIGH_WATER_MARK + " out, and new rows are found by their identifier"));
        form.mappings().stream()
                .filter(mapping -> mapping.compoundKey().isPresent() && !catalog.computesCompoundKeys(source))
                .forEach(mapping -> problems.add(
                        ErrorCode.COMPOUND_KEY_NOT_SUPPORTED,
                        mapping.place() + ".from.type",
                        "this kind of source cannot compute a compound_key: use one column as the primary identifier"));
    }

    private Optional<SourceItem.Columns> columns(long workspaceId, SourceItem item, SyncForm form, Problems problems) {
        List<String> wanted = form.mappings().stream()
                .flatMap(mapping -> mapping.columns().stream())
                .toList();
        return guarded("source_attributes.object", problems, () -> sources.find(workspaceId, item.sourceId())
                .map(source -> catalog.columns(source, item, cached -> wanted.stream()
                        .allMatch(name -> cached.column(name).isPresent()))));
    }

    private Optional<SourceItem> item(
            long workspaceId, SourceReference reference, Optional<Source> source, String place, Problems problems) {
        return switch (reference) {
            case SourceReference.TableName table ->
                source.flatMap(known -> {
                    Optional<SourceItem> found =
                            catalog.table(known, table.table()).map(SourceItem.class::cast);
                    if (found.isEmpty()) {
                        problems.add(
                                ErrorCode.TABLE_NOT_FOUND,
                                place,
                                "source " + known.id() + " has no table or view "
                                        + table.table().catalog() + "."
                                        + table.table().schema() + "."
                                        + table.table().name() + " that these credentials may read");
                    }
                    return found;
                });
            case SourceReference.TableId table ->
                source.flatMap(known -> {
                    Optional<SourceItem> found =
                            items.find(known.id(), table.id()).filter(SourceItem.Table.class::isInstance);
                    if (found.isEmpty()) {
                        problems.add(
                                ErrorCode.TABLE_NOT_FOUND,
                                place,
                                "source " + known.id() + " has no table " + table.id());
                    }
                    return found;
                });
            case SourceReference.ModelId model -> {
                Optional<SourceItem.Model> found = items.model(workspaceId, model.id())
                        .filter(known -> source.isEmpty()
                                || known.sourceId() == source.get().id());
                if (found.isEmpty()) {
                    problems.add(ErrorCode.MODEL_NOT_FOUND, place, "there is no model " + model.id() + " here");
                }
                yield found.map(SourceItem.class::cast);
            }
            case SourceReference.ModelName model -> named(workspaceId, model.name(), source, place, problems);
        };
    }

    private Optional<SourceItem> named(
            long workspaceId, String name, Optional<Source> source, String place, Problems problems) {
        List<SourceItem.Model> found = items.modelsNamed(workspaceId, name).stream()
                .filter(model ->
                        source.isEmpty() || model.sourceId() == source.get().id())
                .toList();
        if (found.isEmpty()) {
            problems.add(ErrorCode.MODEL_NOT_FOUND, place, "there is no model named '" + name + "' here");
        } else if (found.size() > 1) {
            problems.add(
                    ErrorCode.MODEL_AMBIGUOUS,
                    place,
                    found.size() + " sources have a model named '" + name + "': give connection_id or id");
        }
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    Optional<DestinationItem> destination(long workspaceId, SyncForm form, Problems problems) {
        if (form.destinationId().isEmpty()) {
            return Optional.empty();
        }
        long id = form.destinationId().get();
        Optional<Destination> destination = destinations.find(workspaceId, id);
        if (destination.isEmpty()) {
            problems.add(
                    ErrorCode.DESTINATION_NOT_FOUND,
                    "destination_attributes.connection_id",
                    "there is no destination " + id + " in this workspace");
            return Optional.empty();
        }
        String place = "destination_attributes.object";
        return form.destinationObject()
                .flatMap(name -> guarded(place, problems, () -> {
                    Optional<DestinationItem> item = catalog.object(
                            destination.get(),
                            name,
                            object -> object.allowsCustomFields()
                                    || form.mappings().stream().allMatch(mapping -> isKnown(mapping, object)));
                    if (item.isEmpty()) {
                        problems.add(
                                ErrorCode.DESTINATION_OBJECT_NOT_FOUND,
                                place,
                                "destination " + id + " has no object '" + name + "'");
                    }
                    return item;
                }));
    }

    /** Whether the object, as it was read last, has what a mapping asks for. */
    private static boolean isKnown(MappingForm mapping, DestinationObject object) {
        Optional<DestinationField> field = mapping.to().flatMap(object::field);
        return mapping.to().isEmpty()
                || (field.isPresent()
                        && (mapping.options().lookup().isEmpty()
                                || field.get().lookup().isPresent()));
    }

    /** A system that cannot be read right now is one problem among others. */
    private static <T> Optional<T> guarded(String place, Problems problems, Supplier<Optional<T>> lookup) {
        try {
            return lookup.get();
        } catch (ApiException unreadable) {
            for (Problem problem : unreadable.problems()) {
                problems.add(new Problem(problem.code(), place, problem.message()));
            }
            return Optional.empty();
        }
    }
}
