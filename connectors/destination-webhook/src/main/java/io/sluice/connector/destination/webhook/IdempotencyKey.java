package io.sluice.connector.destination.webhook;

import io.sluice.connector.destination.DestinationRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The header {@code Idempotency-Key}: sync run and identifier, the same each time the same records are sent in a run. A
 * list of records, and an identifier that a header cannot carry, are stood for by a SHA-256.
 */
final class IdempotencyKey {
    /** Short, printable, and never mistaken for a hash. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~@+-]{1,60}");

    private final long syncRunId;

    IdempotencyKey(long syncRunId) {
        this.syncRunId = syncRunId;
    }

    String of(List<DestinationRecord> records) {
        String first = records.getFirst().identifier();
        boolean plain = records.size() == 1 && PLAIN.matcher(first).matches();
        return syncRunId + "-" + (plain ? first : digest(records));
    }

    private static String digest(List<DestinationRecord> records) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] length = new byte[Integer.BYTES];
            for (DestinationRecord each : records) {
                byte[] identifier = each.identifier().getBytes(StandardCharsets.UTF_8);
                // The length keeps ("ab", "c") apart from ("a", "bc").
                for (int i = 0; i < length.length; i++) {
                    length[i] = (byte) (identifier.length >>> 8 * (length.length - 1 - i));
                }
                sha.update(length);
                sha.update(identifier);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
