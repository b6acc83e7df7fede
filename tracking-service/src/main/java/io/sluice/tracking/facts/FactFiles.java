package io.sluice.tracking.facts;

import io.sluice.contract.DestinationFact;
import io.sluice.contract.DestinationObjectFact;
import io.sluice.contract.FactTables;
import io.sluice.contract.SourceObjectFact;
import io.sluice.tracking.file.FactTableEncoder;
import io.sluice.tracking.file.FactTableEncoder.Column;
import io.sluice.tracking.file.FactTableEncoder.Id;
import io.sluice.tracking.file.FactTableEncoder.Reference;
import io.sluice.tracking.file.FactTableEncoder.Table;
import io.sluice.tracking.file.FactTableEncoder.Text;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** The three fact tables with exactly the columns of the seed (FCT-3, FCT-6, FCT-7, FCT-8). Stateless. */
public final class FactFiles {
    private static final List<Column> SOURCE_OBJECTS = List.of(
            new Id("id"),
            new Text("type"),
            new Text("name"),
            new Reference("model_id"),
            new Reference("business_object_id"),
            new Reference("filter_segment_id"),
            new Reference("cohort_id"));
    private static final List<Column> NAMED = List.of(new Id("id"), new Text("type"), new Text("name"));
    private static final long WHOLE_ORGANIZATION = 0;

    private FactFiles() {}

    /**
     * The files by key.
     *
     * @param workspaceId whose facts; 0 for all of the organization
     */
    public static Map<String, ByteBuffer> of(FactTables facts, long workspaceId) {
        String folder = "metadata/" + facts.getOrganizationId() + "/";
        Predicate<Long> wanted = owner -> workspaceId == WHOLE_ORGANIZATION || owner == workspaceId;
        Map<String, ByteBuffer> files = new LinkedHashMap<>();
        files.put(
                folder + "source_objects.parquet",
                file(
                        "source_objects",
                        SOURCE_OBJECTS,
                        facts.getSourceObjects().stream()
                                .filter(fact -> wanted.test(fact.getWorkspaceId()))
                                .toList(),
                        FactFiles::row));
        files.put(
                folder + "destinations.parquet",
                file(
                        "destinations",
                        NAMED,
                        facts.getDestinations().stream()
                                .filter(fact -> wanted.test(fact.getWorkspaceId()))
                                .toList(),
                        FactFiles::row));
        files.put(
                folder + "destination_objects.parquet",
                file(
                        "destination_objects",
                        NAMED,
                        facts.getDestinationObjects().stream()
                                .filter(fact -> wanted.test(fact.getWorkspaceId()))
                                .toList(),
                        FactFiles::row));
        return files;
    }

    private static <F> ByteBuffer file(
            String name, List<Column> columns, List<F> facts, Function<F, List<Object>> row) {
        return FactTableEncoder.encode(
                new Table(name, columns, facts.stream().map(row).toList()));
    }

    private static List<Object> row(SourceObjectFact fact) {
        return Arrays.asList(
                fact.getId(),
                fact.getType(),
                fact.getName(),
                fact.getModelId(),
                fact.getBusinessObjectId(),
                fact.getFilterSegmentId(),
                fact.getCohortId());
    }

    private static List<Object> row(DestinationFact fact) {
        return Arrays.asList(fact.getId(), fact.getType(), fact.getName());
    }

    private static List<Object> row(DestinationObjectFact fact) {
        return Arrays.asList(fact.getId(), fact.getType(), fact.getName());
    }
}
