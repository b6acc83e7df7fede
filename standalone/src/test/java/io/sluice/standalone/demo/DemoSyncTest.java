package io.sluice.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedded.PostgresDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DemoSyncTest {

    @Test
    void aSyncFormHasOnePrimaryIdentifierAndNamesItsTable() {
        PostgresDatabase warehouse = new PostgresDatabase("h", 1, "shop", "u", "p");
        Map<String, Object> form = DemoSync.orders().form(warehouse, 4, 15);
        assertThat(form).containsEntry("operation", "mirror");
        assertThat(form.get("destination_attributes"))
                .isEqualTo(Map.of("connection_id", 15L, "object", "public.deals"));
        assertThat((List<?>) form.get("mappings"))
                .hasSize(6)
                .filteredOn(mapping -> Boolean.TRUE.equals(((Map<?, ?>) mapping).get("is_primary_identifier")))
                .hasSize(1);
    }
}
