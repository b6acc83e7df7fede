package io.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenValueTest {
    private static final byte[] PAYLOAD = "{\"name\":\"Łukasz\",\"n\":-12.50}".getBytes(StandardCharsets.UTF_8);

    @Test
    void bytesOfAPayloadAndTheirTextAreTheSameValue() {
        Value.Text name = new Value.Text(PAYLOAD, 9, 16, null);
        Value.Number number = new Value.Number(PAYLOAD, 22, 28);

        assertThat(name.text()).isEqualTo("Łukasz");
        assertThat(number.text()).isEqualTo("-12.50");
        assertThat(name).isEqualTo(new Value.Text("Łukasz")).hasSameHashCodeAs(new Value.Text("Łukasz"));
        assertThat(new Value.Number("-12.50")).isEqualTo(number).isNotEqualTo(new Value.Text("-12.50"));
        assertThat(new Value.Structured(PAYLOAD, 0, PAYLOAD.length, null).json())
                .isEqualTo("{\"name\":\"Łukasz\",\"n\":-12.50}");
    }

    @Test
    void bytesAreCopiedAsTheyCame() {
        Value.Text name = new Value.Text(PAYLOAD, 9, 16, "Łukasz");
        byte[] into = new byte[name.utf8Length() + 2];
        name.copyUtf8(into, 1);

        assertThat(into).isEqualTo("\0Łukasz\0".getBytes(StandardCharsets.UTF_8));
        assertThat(name.isUtf8()).isTrue();
        assertThat(new Value.Text("Łukasz").isUtf8()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "-17", "12345678901234567890"})
    void aNumberOfDigitsIsWrittenWhole(String digits) {
        assertThat(new Value.Number(digits).isWrittenWhole()).isTrue();
        assertThat(inBytes(digits).isWrittenWhole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e5", "1E5", "-", "", "0.5"})
    void anyOtherIsNot(String digits) {
        assertThat(new Value.Number(digits).isWrittenWhole()).isFalse();
        assertThat(inBytes(digits).isWrittenWhole()).isFalse();
    }

    private static Value.Number inBytes(String digits) {
        byte[] bytes = ("[" + digits + "]").getBytes(StandardCharsets.US_ASCII);
        return new Value.Number(bytes, 1, bytes.length - 1);
    }
}
