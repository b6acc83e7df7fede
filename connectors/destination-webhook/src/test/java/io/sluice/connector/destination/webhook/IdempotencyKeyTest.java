package io.sluice.connector.destination.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.destination.DestinationRecord;
import io.sluice.record.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {
    private final IdempotencyKey keys = new IdempotencyKey(77);

    @Test
    void aPlainIdentifierIsReadableInTheKey() {
        assertThat(key("customer-4711")).isEqualTo("77-customer-4711");
        assertThat(key("a@example.com")).isEqualTo("77-a@example.com");
    }

    @Test
    void anIdentifierThatAHeaderCannotCarryIsHashed() {
        for (String hostile : List.of("a\r\nX-Evil: 1", "šárka", "a b", "", "x".repeat(500), "💥")) {
            assertThat(key(hostile)).matches("77-[0-9a-f]{64}");
        }
        assertThat(key("a b")).isNotEqualTo(key("a  b"));
    }

    @Test
    void aListIsKnownByAllItsIdentifiersInOrder() {
        assertThat(key("ab", "c")).isEqualTo(key("ab", "c")).matches("77-[0-9a-f]{64}");
        assertThat(key("ab", "c")).isNotEqualTo(key("a", "bc")).isNotEqualTo(key("c", "ab"));
        assertThat(new IdempotencyKey(78).of(records("ab", "c"))).isNotEqualTo(key("ab", "c"));
    }

    private String key(String... identifiers) {
        return keys.of(records(identifiers));
    }

    private static List<DestinationRecord> records(String... identifiers) {
        List<DestinationRecord> records = new ArrayList<>();
        for (String identifier : identifiers) {
            records.add(new DestinationRecord(identifier, List.of(Value.ofText(identifier))));
        }
        return records;
    }
}
