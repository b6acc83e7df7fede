package io.sluice.contract.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.Invalidity;
import io.sluice.contract.RecordChange;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PackedRowsTest {
    private final RowPacker packer = new RowPacker();

    @Test
    @DisplayName("Rows come out as they went in: long, short, known, invalid, compared")
    void roundTrip() {
        byte[] large = "x".repeat(300_000).getBytes(StandardCharsets.UTF_8);
        packer.add("Łukasz 東京", Long.MIN_VALUE, -1, bytes("{}"), null, null);
        packer.add("k".repeat(200), 1, 2, large, null, RecordChange.CHANGED);
        packer.addKnown("7", 3, 4);
        packer.add(null, 5, 6, bytes("{\"id\":null}"), Invalidity.NULL_IDENTIFIER, null);
        packer.add("7", 7, 8, bytes("{\"id\":7}"), Invalidity.DUPLICATE_IDENTIFIER, null);
        packer.add("gone", 9, 10, new byte[0], null, RecordChange.REMOVED);
        assertThat(packer.rows()).isEqualTo(6);

        PackedRows rows = new PackedRows(packer.take());

        row(rows, "Łukasz 東京", Long.MIN_VALUE, -1, "{}", null, null);
        row(rows, "k".repeat(200), 1, 2, "x".repeat(300_000), null, RecordChange.CHANGED);
        row(rows, "7", 3, 4, null, null, null);
        row(rows, null, 5, 6, "{\"id\":null}", Invalidity.NULL_IDENTIFIER, null);
        row(rows, "7", 7, 8, "{\"id\":7}", Invalidity.DUPLICATE_IDENTIFIER, null);
        row(rows, "gone", 9, 10, "", null, RecordChange.REMOVED);
        assertThat(rows.next()).isFalse();
    }

    @Test
    @DisplayName("A packer starts anew after what it packed was taken, which later rows do not touch")
    void takenIsTaken() {
        packer.add("a", 1, 1, bytes("first"), null, null);
        ByteBuffer first = packer.take();
        assertThat(packer.rows()).isZero();
        assertThat(packer.size()).isZero();
        packer.add("b", 2, 2, bytes("other"), null, null);

        PackedRows rows = new PackedRows(first);

        row(rows, "a", 1, 1, "first", null, null);
        assertThat(rows.next()).isFalse();
    }

    @Test
    @DisplayName("Bytes that end within a row are an error, not rows")
    void truncated() {
        packer.add("a", 1, 1, bytes("payload"), null, null);
        ByteBuffer bytes = packer.take();
        PackedRows rows = new PackedRows(bytes.slice(0, 1));

        assertThatThrownBy(rows::next).isInstanceOf(BufferUnderflowException.class);
    }

    private static void row(
            PackedRows rows,
            String identifier,
            long high,
            long low,
            String payload,
            Invalidity invalidity,
            RecordChange change) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.identifier()).isEqualTo(identifier);
        assertThat(rows.high()).isEqualTo(high);
        assertThat(rows.low()).isEqualTo(low);
        assertThat(ByteBuffer.wrap(rows.fingerprint().bytes()).getLong(8)).isEqualTo(low);
        assertThat(rows.whole()).isEqualTo(payload != null);
        assertThat(StandardCharsets.UTF_8.decode(rows.payload().duplicate()).toString())
                .isEqualTo(payload == null ? "" : payload);
        assertThat(rows.invalidity()).isEqualTo(invalidity);
        assertThat(rows.change()).isEqualTo(change);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
