package io.sluice.extractor.read;

import io.sluice.record.Fingerprint;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * The fingerprint of a payload: 128 bits of MurmurHash3 over its bytes. The payload is canonical already (one form per
 * value, keys in alphabetical order, referenced columns only), so equal rows have equal bytes (requirement MAP-10).
 */
final class Fingerprints {
    private static final int SEED = 0x51_1CE;

    private Fingerprints() {}

    static Fingerprint of(byte[] payload) {
        long[] hash = MurmurHash3.hash128x64(payload, 0, payload.length, SEED);
        return new Fingerprint(hash[0], hash[1]);
    }
}
