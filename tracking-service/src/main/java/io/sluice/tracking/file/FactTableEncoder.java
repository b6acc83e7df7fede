package io.sluice.tracking.file;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** Fact tables as the bytes of a Parquet file: texts and whole numbers, NULL where there is nothing (FCT-10). Stateless. */
public final class FactTableEncoder {
    private static final int ZSTD_LEVEL = 3;

    private FactTableEncoder() {}

    /** A column. */
    public sealed interface Column {
        String name();
    }

    /** An int64 that is always there. */
    public record Id(String name) implements Column {}

    /** An int64 that may be NULL. */
    public record Reference(String name) implements Column {}

    /** Text that may be NULL. */
    public record Text(String name) implements Column {}

    /**
     * A table.
     *
     * @param name its name in the schema
     * @param columns the columns in order
     * @param rows per row one value for each column: a Long, a String or null
     */
    public record Table(String name, List<Column> columns, List<List<Object>> rows) {
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /** The file's bytes; the same for the same table. */
    public static ByteBuffer encode(Table table) {
        MemoryOutputFile file = new MemoryOutputFile(1 << 16);
        try (ParquetWriter<List<Object>> writer = new Builder(file, new TableWriteSupport(table))
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new ZstdCodecs(ZSTD_LEVEL))
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .build()) {
            for (List<Object> row : table.rows()) {
                writer.write(row);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a file in memory cannot fail", impossible);
        }
        return file.content();
    }

    private static MessageType schema(Table table) {
        Types.MessageTypeBuilder schema = Types.buildMessage();
        for (Column column : table.columns()) {
            switch (column) {
                case Id id -> schema.required(INT64).named(id.name());
                case Reference reference -> schema.optional(INT64).named(reference.name());
                case Text text -> schema.optional(BINARY).as(stringType()).named(text.name());
            }
        }
        return schema.named(table.name());
    }

    private static final class TableWriteSupport extends WriteSupport<List<Object>> {
        private final Table table;
        private RecordConsumer columns;

        TableWriteSupport(Table table) {
            this.table = table;
        }

        @Override
        public WriteContext init(Configuration configuration) {
            return new WriteContext(schema(table), Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(schema(table), Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            this.columns = recordConsumer;
        }

        @Override
        public void write(List<Object> row) {
            columns.startMessage();
            for (int index = 0; index < row.size(); index++) {
                Object value = row.get(index);
                if (value != null) {
                    String name = table.columns().get(index).name();
                    columns.startField(name, index);
                    if (value instanceof Long number) {
                        columns.addLong(number);
                    } else {
                        columns.addBinary(Binary.fromString(value.toString()));
                    }
                    columns.endField(name, index);
                }
            }
            columns.endMessage();
        }
    }

    private static final class Builder extends ParquetWriter.Builder<List<Object>, Builder> {
        private final TableWriteSupport support;

        Builder(OutputFile file, TableWriteSupport support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<List<Object>> getWriteSupport(Configuration configuration) {
            return support;
        }

        @Override
        protected WriteSupport<List<Object>> getWriteSupport(ParquetConfiguration configuration) {
            return support;
        }
    }
}
