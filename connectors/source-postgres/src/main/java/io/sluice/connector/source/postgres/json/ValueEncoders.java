package io.sluice.connector.source.postgres.json;

/** One encoder for each binary form that is understood. All are stateless and shared. */
public final class ValueEncoders {
    public static final ValueEncoder BOOL = IntegerEncoders::bool;
    public static final ValueEncoder INT2 = IntegerEncoders::int2;
    public static final ValueEncoder INT4 = IntegerEncoders::int4;
    public static final ValueEncoder INT8 = IntegerEncoders::int8;
    public static final ValueEncoder OID = IntegerEncoders::oid;
    public static final ValueEncoder FLOAT4 = FloatEncoders::float4;
    public static final ValueEncoder FLOAT8 = FloatEncoders::float8;
    public static final ValueEncoder NUMERIC = NumericEncoder::encode;
    public static final ValueEncoder TEXT = TextEncoder.TEXT;
    public static final ValueEncoder PADDED_TEXT = TextEncoder.PADDED;
    public static final ValueEncoder UUID = BinaryEncoders::uuid;
    public static final ValueEncoder BYTEA = BinaryEncoders.BYTEA;
    public static final ValueEncoder DATE = TemporalEncoders::date;
    public static final ValueEncoder TIMESTAMP = TemporalEncoders::timestamp;
    public static final ValueEncoder TIMESTAMPTZ = TemporalEncoders::timestamptz;
    public static final ValueEncoder TIME = TemporalEncoders::time;
    public static final ValueEncoder TIMETZ = TemporalEncoders::timetz;
    public static final ValueEncoder INTERVAL = IntervalEncoder::encode;
    public static final ValueEncoder JSON = JsonEncoders::json;
    public static final ValueEncoder JSONB = JsonEncoders::jsonb;

    private ValueEncoders() {}

    /** The encoder of arrays of such elements. */
    public static ValueEncoder arrayOf(ValueEncoder element) {
        return new ArrayEncoder(element);
    }
}
