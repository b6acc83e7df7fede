package io.sluice.mapping.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.record.Value;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void oneValueAndNothingElse() throws Exception {
        assertThat(JsonText.read(" 1.50 ")).isEqualTo(new Value.Number("1.50"));
        assertThat(JsonText.read("[1,{\"a\":2.0}]")).isEqualTo(new Value.Structured("[1,{\"a\":2.0}]"));
        for (String broken : List.of("", " ", "1 2", "[1", "{\"a\"}", "nul", "'a'", "\"secret", "01", "1.", "[1,]")) {
            assertThatThrownBy(() -> JsonText.read(broken))
                    .isInstanceOf(MalformedJsonException.class)
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void depthHasNoLimitAndCostsNoStack() throws Exception {
        String deep = "[{\"a\":".repeat(200_000) + "1" + "}]".repeat(200_000);
        assertThat(JsonText.read(deep)).isEqualTo(new Value.Structured(deep));
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedAndNeverReplaced() {
        byte[] latin1 = {'{', '"', 'a', '"', ':', '"', (byte) 0xE9, '"', '}'};
        assertThatThrownBy(() -> ColumnReader.of(List.of("a")).read(ByteBuffer.wrap(latin1), new Value[1]))
                .isInstanceOf(MalformedJsonException.class);
    }
}
