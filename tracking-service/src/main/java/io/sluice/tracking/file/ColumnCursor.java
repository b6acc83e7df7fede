package io.sluice.tracking.file;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.tracking.file.FileFooter.Chunk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * Walks down one column of a row group. Pages that nobody asks for are neither fetched nor unpacked: the page index says
 * where each one is. Holds one page and what was fetched ahead. Used by one thread.
 */
final class ColumnCursor {
    private static final PrimitiveConverter NOBODY = new PrimitiveConverter() {};
    private static final ParsedVersion WRITER = new ParsedVersion("parquet-mr", "1.18.1", null);

    private final BucketStorage storage;
    private final String key;
    private final Chunk chunk;
    private final ColumnDescriptor column;
    private final List<PageLocation> pages;
    private final long rows;
    private final int readAhead;
    private DictionaryPage dictionary;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowStart;
    private ColumnReaderImpl values;
    private int page = -1;
    private long row = -1;

    /**
     * A cursor before the first row.
     *
     * @param pages where the data pages are
     * @param rows rows of the row group
     * @param readAhead how many bytes may be fetched at once when rows are read one after the other
     */
    ColumnCursor(
            BucketStorage storage,
            String key,
            Chunk chunk,
            ColumnDescriptor column,
            List<PageLocation> pages,
            long rows,
            int readAhead) {
        this.storage = storage;
        this.key = key;
        this.chunk = chunk;
        this.column = column;
        this.pages = pages;
        this.rows = rows;
        this.readAhead = readAhead;
    }

    /**
     * Goes to a row, which must not be before the present one.
     *
     * @param wanted position in the row group
     */
    void moveTo(long wanted) throws StorageException {
        try {
            int target = pageOf(wanted);
            if (target != page) {
                open(target);
            }
            for (; row < wanted; row++) {
                if (values.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
                    values.skip();
                }
                values.consume();
            }
        } catch (IOException | ParquetRuntimeException | ZstdException malformed) {
            if (malformed instanceof StorageException unavailable) {
                throw unavailable;
            }
            throw FileFooter.unreadable(key, malformed);
        }
    }

    /** The present value as bytes; null when there is none. */
    Binary binary() {
        return isNull() ? null : values.getBinary();
    }

    /** The present value as text; null when there is none. */
    String text() {
        return isNull() ? null : values.getBinary().toStringUsingUTF8();
    }

    /** The present value as a number; null when there is none. */
    Long number() {
        return isNull() ? null : values.getLong();
    }

    private boolean isNull() {
        return values.getCurrentDefinitionLevel() < column.getMaxDefinitionLevel();
    }

    private int pageOf(long wanted) {
        int found = Math.max(page, 0);
        while (found + 1 < pages.size() && pages.get(found + 1).getFirst_row_index() <= wanted) {
            found++;
        }
        return found;
    }

    private void open(int number) throws IOException {
        PageLocation location = pages.get(number);
        if (chunk.dictionary() && dictionary == null) {
            dictionary = readDictionary();
        }
        long end = number + 1 < pages.size() ? pages.get(number + 1).getFirst_row_index() : rows;
        DataPage data = dataPage(fetch(number));
        values = new ColumnReaderImpl(
                column, new OnePage(dictionary, data, end - location.getFirst_row_index()), NOBODY, WRITER);
        page = number;
        row = location.getFirst_row_index();
    }

    /** The bytes of a page, with those that follow it as far as reading ahead goes. */
    private ByteArrayInputStream fetch(int number) throws StorageException {
        PageLocation location = pages.get(number);
        int size = location.getCompressed_page_size();
        long from = location.getOffset();
        if (from < windowStart || from + size > windowStart + window.limit()) {
            long chunkEnd = chunk.start() + chunk.length();
            int length = (int) Math.min(Math.max(size, readAhead), chunkEnd - from);
            window = storage.readRange(key, from, length);
            windowStart = from;
        }
        return FileFooter.stream(window.slice((int) (from - windowStart), size));
    }

    private DictionaryPage readDictionary() throws IOException {
        int length = Math.toIntExact(pages.getFirst().getOffset() - chunk.start());
        ByteArrayInputStream in = FileFooter.stream(storage.readRange(key, chunk.start(), length));
        PageHeader header = Util.readPageHeader(in);
        return new DictionaryPage(
                unpacked(in, header),
                header.getDictionary_page_header().getNum_values(),
                encoding(header.getDictionary_page_header().getEncoding()));
    }

    private DataPage dataPage(ByteArrayInputStream in) throws IOException {
        PageHeader header = Util.readPageHeader(in);
        if (header.getType() != PageType.DATA_PAGE) {
            throw new IOException("page type " + header.getType());
        }
        return new DataPageV1(
                unpacked(in, header),
                header.getData_page_header().getNum_values(),
                header.getUncompressed_page_size(),
                null,
                encoding(header.getData_page_header().getRepetition_level_encoding()),
                encoding(header.getData_page_header().getDefinition_level_encoding()),
                encoding(header.getData_page_header().getEncoding()));
    }

    private BytesInput unpacked(ByteArrayInputStream in, PageHeader header) throws IOException {
        byte[] packed = in.readNBytes(header.getCompressed_page_size());
        if (!chunk.zstd()) {
            return BytesInput.from(packed);
        }
        byte[] raw = new byte[header.getUncompressed_page_size()];
        long length = Zstd.decompressByteArray(raw, 0, raw.length, packed, 0, packed.length);
        if (Zstd.isError(length) || length != raw.length) {
            throw new IOException("a page cannot be unpacked");
        }
        return BytesInput.from(raw);
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }

    /** One page as the library's decoder wants it. */
    private static final class OnePage implements PageReader {
        private final DictionaryPage dictionary;
        private final long rows;
        private DataPage next;

        OnePage(DictionaryPage dictionary, DataPage page, long rows) {
            this.dictionary = dictionary;
            this.next = page;
            this.rows = rows;
        }

        @Override
        public DictionaryPage readDictionaryPage() {
            return dictionary;
        }

        @Override
        public long getTotalValueCount() {
            return rows;
        }

        @Override
        public DataPage readPage() {
            DataPage page = next;
            next = null;
            return page;
        }
    }
}
