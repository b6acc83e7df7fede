package io.sluice.tracking.export;

import io.sluice.tracking.file.TrackingFileEncoder;
import io.sluice.tracking.row.TrackedRow;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.hadoop.ParquetWriter;

/** One Parquet file with the columns of the tracking files. */
public final class ParquetRows implements RowWriter {
    private final ParquetWriter<TrackedRow> writer;

    public ParquetRows(OutputStream stream, long syncId, long syncRunId) throws IOException {
        this.writer = new TrackingFileEncoder().stream(stream, syncId, syncRunId);
    }

    @Override
    public void write(TrackedRow row) throws IOException {
        writer.write(row);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
