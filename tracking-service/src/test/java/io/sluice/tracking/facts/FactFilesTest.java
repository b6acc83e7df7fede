package io.sluice.tracking.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bucket.LocalFolderStorage;
import io.sluice.contract.DestinationFact;
import io.sluice.contract.DestinationObjectFact;
import io.sluice.contract.FactBucket;
import io.sluice.contract.FactTables;
import io.sluice.contract.SourceObjectFact;
import io.sluice.tracking.MemoryStorage;
import io.sluice.tracking.file.DuckDb;
import io.sluice.tracking.run.Plans;
import io.sluice.tracking.run.RunMetadata;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Section 16, as DuckDB reads it. */
class FactFilesTest {
    private static final long WORKSPACE = 11;

    @TempDir
    Path folder;

    private LocalFolderStorage platform;

    @BeforeEach
    void open() throws Exception {
        platform = LocalFolderStorage.open(folder);
    }

    private static FactTables facts(String name) {
        return FactTables.newBuilder()
                .setOrganizationId(1)
                .setTakenAt(Instant.EPOCH)
                .setSourceObjects(List.of(
                        source(22, WORKSPACE, "DataWarehouse::Table", name, null),
                        source(23, WORKSPACE, "DataWarehouse::Query", "Big customers", 23L),
                        source(24, 12, null, "of another workspace", null)))
                .setDestinations(List.of(DestinationFact.newBuilder()
                        .setId(31)
                        .setWorkspaceId(WORKSPACE)
                        .setType("Webhook::Connection")
                        .setName("Größe")
                        .setDeleted(true)
                        .build()))
                .setDestinationObjects(List.of(DestinationObjectFact.newBuilder()
                        .setId(32)
                        .setWorkspaceId(WORKSPACE)
                        .setDestinationId(31)
                        .setType("Webhook::ObjectTypes::Customers")
                        .setName("customers")
                        .build()))
                .setBuckets(List.of(new FactBucket(7L, WORKSPACE)))
                .build();
    }

    private static SourceObjectFact source(long id, long workspace, String type, String name, Long model) {
        return SourceObjectFact.newBuilder()
                .setId(id)
                .setWorkspaceId(workspace)
                .setSourceId(21)
                .setType(type)
                .setName(name)
                .setModelId(model)
                .build();
    }

    private FactTableWriter written(FactTables facts) {
        FactTableWriter writer = new FactTableWriter(platform, bucket -> Optional.empty());
        writer.take(facts);
        assertThat(writer.pass()).isZero();
        return writer;
    }

    private String table(String name) {
        return "read_parquet('" + folder.resolve("metadata/1/" + name + ".parquet") + "')";
    }

    @Test
    @DisplayName("FCT-3 to FCT-7, FCT-10: the seed's columns, int64 ids, NULL where there is nothing")
    void theColumnsAreTheSeeds() throws Exception {
        written(facts("shop.public.customers"));

        assertThat(DuckDb.table("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM "
                        + table("source_objects") + ")"))
                .isEqualTo(
                        """
                        id | BIGINT
                        type | VARCHAR
                        name | VARCHAR
                        model_id | BIGINT
                        business_object_id | BIGINT
                        filter_segment_id | BIGINT
                        cohort_id | BIGINT
                        """);
        for (String name : List.of("destinations", "destination_objects")) {
            assertThat(DuckDb.table(
                            "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " + table(name) + ")"))
                    .isEqualTo("id | BIGINT\ntype | VARCHAR\nname | VARCHAR\n");
        }
        assertThat(DuckDb.table("SELECT * FROM " + table("source_objects") + " ORDER BY id"))
                .isEqualTo(
                        """
                        22 | DataWarehouse::Table | shop.public.customers | null | null | null | null
                        23 | DataWarehouse::Query | Big customers | 23 | null | null | null
                        24 | null | of another workspace | null | null | null | null
                        """);
        assertThat(DuckDb.table("SELECT * FROM " + table("destinations")))
                .isEqualTo("31 | Webhook::Connection | Größe\n");
    }

    @Test
    @DisplayName("FCT-9: in a bucket runs and fact tables are joined through metadata.json")
    void metadataJoinsTheTables() throws Exception {
        written(facts("shop.public.customers"));
        platform.put("sync_tracking_datasets/1/2/3/metadata.json", RunMetadata.document(Plans.of(3)));

        assertThat(DuckDb.table(
                        """
                                SELECT m.sync_run_id, s.name, s.type, d.type, o.name
                                FROM read_json('%s/sync_tracking_datasets/1/2/*/metadata.json') m
                                JOIN %s s ON s.id = m.source.object_id
                                JOIN %s d ON d.id = m.destination.connection_id
                                JOIN %s o ON o.id = m.destination.object_id
                                """
                                .formatted(
                                        folder,
                                        table("source_objects"),
                                        table("destinations"),
                                        table("destination_objects"))))
                .isEqualTo("3 | shop.public.customers | DataWarehouse::Table | Webhook::Connection | customers\n");
    }

    @Test
    @DisplayName("FCT-8: a table is replaced by its newer self, also an empty one")
    void tablesAreReplaced() throws Exception {
        written(facts("before"));
        written(facts("after"));

        assertThat(DuckDb.rows("SELECT name FROM " + table("source_objects") + " WHERE id = 22"))
                .containsExactly("after");

        written(FactTables.newBuilder(facts("x")).setSourceObjects(List.of()).build());
        assertThat(DuckDb.single("SELECT count(*) FROM " + table("source_objects")))
                .isEqualTo("0");
    }

    @Test
    @DisplayName(
            "A workspace's bucket gets that workspace's facts; a bucket that is down gets the latest when it is back")
    void bucketsGetTheirs() throws Exception {
        MemoryStorage bucket = new MemoryStorage();
        FactTableWriter writer = new FactTableWriter(platform, id -> Optional.of(bucket));
        bucket.down(true);
        writer.take(facts("before"));

        assertThat(writer.pass()).isEqualTo(1);
        assertThat(DuckDb.single("SELECT count(*) FROM " + table("source_objects")))
                .isEqualTo("3");

        writer.take(facts("after"));
        bucket.down(false);
        assertThat(writer.pass()).isZero();

        platform.put("metadata/1/source_objects.parquet", bucket.objects().get("metadata/1/source_objects.parquet"));
        assertThat(DuckDb.rows("SELECT name FROM " + table("source_objects") + " ORDER BY id"))
                .containsExactly("after", "Big customers");
    }
}
