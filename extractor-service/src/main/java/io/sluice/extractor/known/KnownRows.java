package io.sluice.extractor.known;

import io.sluice.record.Fingerprint;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which rows of one reading were sent by the reading before, told row by row in reading order; notes the same for the
 * reading after. It is a hint: the differ compares every row by its whole fingerprint and asks for what it does not have, so
 * a lost, old or broken file costs time and nothing else. Memory does not depend on the number of rows. Used by one thread.
 */
public final class KnownRows implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KnownRows.class);

    /** Lowest bit of an entry: the differ has asked for the row, so it travels whole until it changes. */
    private static final long ASKED = 1;

    private final AskedRows asked;
    private final Path kept;
    private final Path noted;
    private KnownWindow window;
    private DataInputStream earlier;
    private DataOutputStream notes;

    private KnownRows(AskedRows asked, Path kept, Path noted) {
        this.asked = asked;
        this.kept = kept;
        this.noted = noted;
    }

    /** Nothing is known, nothing is noted. */
    public static KnownRows none() {
        return new KnownRows(AskedRows.NONE, null, null);
    }

    /**
     * Of a file of an earlier reading.
     *
     * @param kept the file, which need not exist; {@link #keep} replaces it
     * @param noted where notes are taken meanwhile
     * @param compare whether rows of the earlier reading count as known
     * @param asked rows that do not, because the differ asked for them
     */
    static KnownRows of(Path kept, Path noted, boolean compare, AskedRows asked) {
        KnownRows rows = new KnownRows(asked, kept, noted);
        try {
            rows.notes = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(noted), 1 << 16));
            if (compare && !asked.everything() && Files.exists(kept)) {
                rows.earlier = new DataInputStream(new BufferedInputStream(Files.newInputStream(kept), 1 << 16));
                rows.window = new KnownWindow(rows::next);
            }
        } catch (IOException failed) {
            rows.giveUp(failed);
        }
        return rows;
    }

    static long key(long high) {
        return high & ~ASKED;
    }

    /** Whether a row need not travel whole. Asked once for each valid row, in reading order. */
    public boolean isKnown(Fingerprint fingerprint) {
        if (notes == null) {
            return false;
        }
        long key = key(fingerprint.high());
        long found = window == null ? KnownWindow.ABSENT : window.find(key);
        boolean wanted = asked.contains(key) || (found & ASKED) != 0;
        try {
            notes.writeLong(wanted && !asked.everything() ? key | ASKED : key);
        } catch (IOException failed) {
            giveUp(failed);
        }
        return found != KnownWindow.ABSENT && !wanted;
    }

    private OptionalLong next() {
        try {
            return OptionalLong.of(earlier.readLong());
        } catch (EOFException end) {
            return OptionalLong.empty();
        } catch (IOException failed) {
            LOG.warn("rows of an earlier reading cannot be read, all travel whole: {}", failed.toString());
            return OptionalLong.empty();
        }
    }

    /** The reading was complete: what was noted is what the next one knows. */
    public void keep() {
        if (notes == null) {
            return;
        }
        try {
            notes.close();
            notes = null;
            Files.move(noted, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            giveUp(failed);
        }
    }

    private void giveUp(IOException failed) {
        LOG.warn(
                "rows cannot be noted in {}, the next run reads as if it were the first: {}", noted, failed.toString());
        close();
    }

    @Override
    public void close() {
        try {
            if (earlier != null) {
                earlier.close();
                earlier = null;
            }
            window = null;
            if (notes != null) {
                notes.close();
                notes = null;
                Files.deleteIfExists(noted);
            }
        } catch (IOException failed) {
            notes = null;
            LOG.warn("{} cannot be removed: {}", noted, failed.toString());
        }
    }
}
