package io.sluice.differ.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operation.SyncBehavior;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OperationPlannerTest {

    @Test
    @DisplayName("BEH 6.2: every behavior and class gives the operation of the state table")
    void theStateTable() {
        Map<String, String> table = Stream.of(SyncBehavior.values())
                .flatMap(behavior -> Stream.of(RecordClass.values())
                        .map(recordClass -> Map.entry(
                                behavior.wireName() + " " + recordClass,
                                OperationPlanner.plan(behavior, recordClass)
                                        .map(Enum::name)
                                        .orElse("-"))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertThat(table)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("upsert ADDED", "UPSERT"),
                        Map.entry("upsert CHANGED", "UPSERT"),
                        Map.entry("upsert UNCHANGED", "-"),
                        Map.entry("upsert RESENT", "UPSERT"),
                        Map.entry("update RESENT", "UPDATE"),
                        Map.entry("insert RESENT", "INSERT"),
                        Map.entry("mirror RESENT", "UPSERT"),
                        Map.entry("append RESENT", "-"),
                        Map.entry("delete RESENT", "DELETE"),
                        Map.entry("upsert REMOVED", "-"),
                        Map.entry("update ADDED", "UPDATE"),
                        Map.entry("update CHANGED", "UPDATE"),
                        Map.entry("update UNCHANGED", "-"),
                        Map.entry("update REMOVED", "-"),
                        Map.entry("insert ADDED", "INSERT"),
                        Map.entry("insert CHANGED", "-"),
                        Map.entry("insert UNCHANGED", "-"),
                        Map.entry("insert REMOVED", "-"),
                        Map.entry("mirror ADDED", "UPSERT"),
                        Map.entry("mirror CHANGED", "UPSERT"),
                        Map.entry("mirror UNCHANGED", "-"),
                        Map.entry("mirror REMOVED", "DELETE"),
                        Map.entry("append ADDED", "APPEND"),
                        Map.entry("append CHANGED", "-"),
                        Map.entry("append UNCHANGED", "-"),
                        Map.entry("append REMOVED", "-"),
                        Map.entry("delete ADDED", "DELETE"),
                        Map.entry("delete CHANGED", "-"),
                        Map.entry("delete UNCHANGED", "-"),
                        Map.entry("delete REMOVED", "-")));
    }
}
