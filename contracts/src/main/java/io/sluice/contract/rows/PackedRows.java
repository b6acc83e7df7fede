package io.sluice.contract.rows;

import io.sluice.contract.Invalidity;
import io.sluice.contract.RecordChange;
import io.sluice.contract.RecordFingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over packed rows (see {@link RowPacker}); what it gives is that of the row it stands on. Payloads are slices of
 * the packed bytes, not copies. Used by one thread.
 */
public final class PackedRows {
    private static final Invalidity[] INVALIDITIES = Invalidity.values();
    private static final RecordChange[] CHANGES = RecordChange.values();
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final ByteBuffer rows;
    private int flags;
    private String identifier;
    private int fingerprintAt;
    private ByteBuffer payload = NOTHING;

    /** A cursor before the first row; reading leaves the position of {@code packed} where it is. */
    public PackedRows(ByteBuffer packed) {
        this.rows = packed.duplicate();
    }

    /**
     * Steps to the next row; false at the end.
     *
     * @throws java.nio.BufferUnderflowException when the bytes end within a row
     */
    public boolean next() {
        if (!rows.hasRemaining()) {
            return false;
        }
        flags = rows.get();
        identifier = invalidity() == Invalidity.NULL_IDENTIFIER ? null : text();
        fingerprintAt = rows.position();
        rows.position(fingerprintAt + 16);
        payload = NOTHING;
        if (whole()) {
            int length = varint();
            payload = rows.slice(rows.position(), length);
            rows.position(rows.position() + length);
        }
        return true;
    }

    private String text() {
        int length = varint();
        if (rows.hasArray()) {
            int at = rows.position();
            rows.position(at + length);
            return new String(rows.array(), rows.arrayOffset() + at, length, StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[length];
        rows.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int varint() {
        int value = 0;
        int shift = 0;
        byte part;
        do {
            part = rows.get();
            value |= (part & 0x7f) << shift;
            shift += 7;
        } while (part < 0);
        return value;
    }

    /** Text form of the primary identifier; null when it is NULL in the source. */
    public String identifier() {
        return identifier;
    }

    /** First eight bytes of the fingerprint. */
    public long high() {
        return rows.getLong(fingerprintAt);
    }

    /** Last eight bytes of the fingerprint. */
    public long low() {
        return rows.getLong(fingerprintAt + 8);
    }

    /** The fingerprint as other messages carry it. */
    public RecordFingerprint fingerprint() {
        byte[] bytes = new byte[16];
        rows.get(fingerprintAt, bytes);
        return new RecordFingerprint(bytes);
    }

    /** Whether the payload travelled; if not, the differ is believed to know the row by its fingerprint. */
    public boolean whole() {
        return (flags & RowPacker.WHOLE) != 0;
    }

    /** The row as JSON; empty when it is not {@linkplain #whole whole}. */
    public ByteBuffer payload() {
        return payload;
    }

    /** Why the row is invalid; null when it is valid. */
    public Invalidity invalidity() {
        int number = flags & RowPacker.INVALIDITY_BITS;
        return number == 0 ? null : INVALIDITIES[number - 1];
    }

    /** How it compares with the state the source keeps; null: the differ compares. */
    public RecordChange change() {
        int number = flags >> RowPacker.CHANGE_SHIFT & RowPacker.CHANGE_BITS;
        return number == 0 ? null : CHANGES[number - 1];
    }
}
