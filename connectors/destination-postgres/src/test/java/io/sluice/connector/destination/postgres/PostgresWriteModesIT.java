package io.sluice.connector.destination.postgres;

import static io.sluice.connector.destination.postgres.TestDatabase.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WriteMode;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Set if empty, and lists that are merged (MAP-4, MAP-6). */
class PostgresWriteModesIT {
    private static final List<WriteMode> MODES =
            List.of(WriteMode.OVERWRITE, WriteMode.SET_IF_EMPTY, WriteMode.MERGE, WriteMode.OVERWRITE);
    private static TestDatabase database;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase();
        database.execute("create table modes (id int primary key, once text, tags text[], t text, plain json[])");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static BatchResult write(OperationKind kind, DestinationRecord... records) throws Exception {
        try (DestinationWriter writer = database.connection()
                .openWriter(TestDatabase.plan("public.modes", List.of("id", "once", "tags", "t"))
                        .withModes(MODES))) {
            return writer.write(new DestinationBatch(kind, List.of(records)));
        }
    }

    private static Value tags(String json) {
        return new Value.Structured(json);
    }

    @Test
    void whatIsThereStaysAndOnlyWhatIsEmptyIsSet() throws Exception {
        write(OperationKind.UPSERT, sent(1, "first", tags("[\"b\",\"a\"]"), "x"), sent(2, null, null, null));
        for (OperationKind kind : List.of(OperationKind.UPSERT, OperationKind.UPDATE)) {
            assertThat(write(
                            kind,
                            sent(1, "second " + kind, tags("[\"c\",\"a\",\"c\",null]"), "y"),
                            sent(2, "set", tags("[\"z\",\"z\"]"), null)))
                    .isNotInstanceOf(BatchResult.Failed.class);
            assertThat(database.rows("select once, tags, t from modes order by id"))
                    .containsExactly(List.of("first", "{b,a,c,NULL}", "y"), Arrays.asList("set", "{z,z}", null));
        }
        write(OperationKind.UPSERT, sent(1, null, null, null));
        assertThat(database.rows("select once, tags from modes where id = 1"))
                .containsExactly(List.of("first", "{b,a,c,NULL}"));
    }

    @Test
    void listsWhoseElementsCannotBeComparedAreNotMerged() {
        assertThatThrownBy(() -> database.connection()
                        .openWriter(TestDatabase.plan("public.modes", List.of("id", "plain"))
                                .withModes(List.of(WriteMode.OVERWRITE, WriteMode.MERGE))))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        refused -> assertThat(refused.error().code()).isEqualTo("WRITE_MODE_NOT_SUPPORTED"));
    }
}
