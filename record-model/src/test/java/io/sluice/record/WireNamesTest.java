package io.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operation.OperationKind;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WireNamesTest {

    @Test
    @DisplayName("BEH-8: the operation words of the API")
    void behaviors() {
        assertThat(Stream.of(SyncBehavior.values()).map(SyncBehavior::wireName))
                .containsExactly("upsert", "update", "insert", "mirror", "append", "delete");
        assertThat(SyncBehavior.fromWireName("mirror")).contains(SyncBehavior.MIRROR);
        assertThat(SyncBehavior.fromWireName("MIRROR")).isEmpty();
    }

    @Test
    @DisplayName("SRC-16: the sync_engine words, the third being our extension")
    void stateModes() {
        assertThat(Stream.of(StateMode.values()).map(StateMode::wireName))
                .containsExactly("advanced", "basic", "stateless");
        assertThat(StateMode.fromWireName("basic")).contains(StateMode.PLATFORM);
    }

    @Test
    @DisplayName("TRK-21: the status of an invalid row is a word, not SQL NULL")
    void invalidStatuses() {
        assertThat(InvalidReason.NULL_IDENTIFIER.status()).isEqualTo("NULL");
        assertThat(InvalidReason.DUPLICATE_IDENTIFIER.status()).isEqualTo("DUPLICATE");
        assertThat(OperationKind.INSERT.wireName()).isEqualTo("insert");
        assertThat(OperationKind.DELETE.removes()).isTrue();
    }
}
