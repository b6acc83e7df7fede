package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is in the topics was written with the golden schemas: today's readers must read it, and yesterday's readers must read
 * what is written today (services are upgraded one by one). To accept a compatible change on purpose run the tests once with
 * {@code -Dsluice.golden.update=true} and commit the new files.
 */
class GoldenSchemaTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    static Stream<Schema> envelopes() {
        return Stream.of(
                RunCommand.getClassSchema(),
                RunPlan.getClassSchema(),
                ConnectionConfig.getClassSchema(),
                FactTables.getClassSchema(),
                SourceRecordsEvent.getClassSchema(),
                OperationsEvent.getClassSchema(),
                OutcomesEvent.getClassSchema(),
                RunEvent.getClassSchema(),
                QuarantinedRecord.getClassSchema());
    }

    @ParameterizedTest
    @MethodSource("envelopes")
    @DisplayName("Each topic's schema reads the golden one, and is read by it")
    void compatibleWithGolden(Schema current) throws IOException {
        Path file = GOLDEN.resolve(current.getName() + ".avsc");
        if (Boolean.getBoolean("sluice.golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, current.toString(true) + "\n");
        }
        Schema golden = new Schema.Parser().parse(Files.readString(file));

        assertThat(compatibility(current, golden)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(compatibility(golden, current)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
    }

    @ParameterizedTest
    @MethodSource("envelopes")
    @DisplayName("Every record, enum and field says what it means")
    void everythingIsDocumented(Schema envelope) {
        List<String> silent = new ArrayList<>();
        collectUndocumented(envelope, silent, new ArrayList<>());
        assertThat(silent).isEmpty();
    }

    private static void collectUndocumented(Schema schema, List<String> silent, List<String> visited) {
        switch (schema.getType()) {
            case RECORD -> {
                if (visited.contains(schema.getFullName())) {
                    return;
                }
                visited.add(schema.getFullName());
                if (schema.getDoc() == null) {
                    silent.add(schema.getFullName());
                }
                for (Schema.Field field : schema.getFields()) {
                    if (field.doc() == null) {
                        silent.add(schema.getFullName() + "." + field.name());
                    }
                    collectUndocumented(field.schema(), silent, visited);
                }
            }
            case ENUM, FIXED -> {
                if (schema.getDoc() == null) {
                    silent.add(schema.getFullName());
                }
            }
            case ARRAY -> collectUndocumented(schema.getElementType(), silent, visited);
            case UNION -> schema.getTypes().forEach(type -> collectUndocumented(type, silent, visited));
            case MAP, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {
                // nothing below to document
            }
        }
    }

    @Test
    @DisplayName("The co-partitioned topics share one partition count")
    void perRecordTopicsAreCoPartitioned() {
        List<Topics.Definition> topics = Topics.all(6);

        assertThat(topics)
                .filteredOn(topic -> topic.name().equals(Topics.SOURCE_RECORDS)
                        || topic.name().equals(Topics.OUTCOMES))
                .allSatisfy(topic -> assertThat(topic.partitions()).isEqualTo(6))
                .hasSize(2);
        assertThat(Topics.operationsDefinition(15, 6).partitions()).isEqualTo(6);
    }
}
