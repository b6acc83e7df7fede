package io.sluice.connector.destination.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.WriteMode;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Records of a batch by the columns they have values for (MAP-5). */
class ArrangementTest {
    private static final WriteTarget TARGET = new WriteTarget(
            TableName.parse("public.people").orElseThrow(),
            List.of(column("id", true), column("name", false), column("city", false)),
            0,
            Collections.nCopies(3, WriteMode.OVERWRITE),
            false,
            List.of());

    @Test
    @DisplayName("Records with the same columns are one group, in the batch's order, wherever they stand in it")
    void groups() {
        Arrangement arranged = Arrangement.of(
                new DestinationBatch(
                        OperationKind.UPSERT,
                        List.of(
                                record("a", "Ann", "Ulm"),
                                record("b", "Bob", "Ulm"),
                                record("c", "Cid", null),
                                record("d", "Dan", "Ulm"),
                                record("e", "Eve", null),
                                record("f", null, "Ulm"))),
                TARGET);

        assertThat(arranged.groups().stream().map(group -> names(group.columns())))
                .containsExactly("id,name,city", "id,name", "id,city");
        assertThat(arranged.groups().stream().map(Arrangement.Group::rows))
                .containsExactly(new Range(0, 3), new Range(3, 5), new Range(5, 6));
        assertThat(identifiers(arranged)).containsExactly("a", "b", "d", "c", "e", "f");
        assertThat(arranged.batchIndex(3)).isEqualTo(2);
    }

    @Test
    @DisplayName("A delete needs the identifier and nothing else, whatever came with it")
    void deletes() {
        Arrangement arranged = Arrangement.of(
                new DestinationBatch(OperationKind.DELETE, List.of(record("a", null, null), record("b", "Bob", null))),
                TARGET);
        assertThat(arranged.groups()).singleElement().satisfies(group -> {
            assertThat(names(group.columns())).isEqualTo("id");
            assertThat(group.rows()).isEqualTo(new Range(0, 2));
        });
    }

    @Test
    @DisplayName("A record without a value for its identifier is the engine's fault, also behind one that has one")
    void noIdentifier() {
        for (OperationKind kind : List.of(OperationKind.UPSERT, OperationKind.DELETE)) {
            DestinationBatch batch =
                    new DestinationBatch(kind, List.of(record("a", "Ann", "Ulm"), record(null, "Bob", "Ulm")));
            assertThatThrownBy(() -> Arrangement.of(batch, TARGET))
                    .as(kind.name())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static DestinationRecord record(String id, String name, String city) {
        List<Value> values = Arrays.asList(text(id), text(name), text(city));
        return new DestinationRecord(String.valueOf(id), values);
    }

    private static Value text(String text) {
        return text == null ? null : new Value.Text(text);
    }

    private static TableColumn column(String name, boolean key) {
        return new TableColumn(name, "text", "text", false, ',', true, true, key, key);
    }

    private static String names(List<TableColumn> columns) {
        return String.join(",", columns.stream().map(TableColumn::name).toList());
    }

    private static List<String> identifiers(Arrangement arranged) {
        return IntStream.range(0, arranged.size())
                .mapToObj(position -> arranged.at(position).identifier())
                .toList();
    }
}
