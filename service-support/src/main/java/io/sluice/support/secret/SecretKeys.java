package io.sluice.support.secret;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads {@code sluice.secret.key}. */
final class SecretKeys {
    private static final int KEY_BYTES = 32;

    private SecretKeys() {}

    /**
     * The configured keys in order; the first is the present one.
     *
     * @throws IllegalArgumentException when a key is not 32 bytes of Base64; the message does not contain it
     */
    static List<byte[]> of(String configured) {
        List<byte[]> keys = new ArrayList<>();
        for (String key : configured.split(",", -1)) {
            keys.add(key(key.strip()));
        }
        return keys;
    }

    private static byte[] key(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("sluice.secret.key is not Base64", notBase64);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "sluice.secret.key must be 32 bytes in Base64 (openssl rand -base64 32), not " + bytes.length);
        }
        return bytes;
    }
}
