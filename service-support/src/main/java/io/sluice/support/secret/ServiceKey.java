package io.sluice.support.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What services of one installation know each other by: keys derived (HKDF-SHA256) from {@code sluice.secret.key}, one per
 * purpose, so that none of them opens anything else. While keys are rotated, the old one is still accepted. Thread-safe.
 */
public final class ServiceKey {
    private static final String BEARER = "bearer ";
    private static final int DERIVED_BYTES = 32;
    private static final String MAC = "HmacSHA256";

    /** Purpose: calls to the tracking service. */
    public static final String TRACKING = "tracking http 1";

    /** Purpose: addresses of tracking files that work without a key of the API. */
    public static final String DOWNLOADS = "downloads 1";

    private final List<byte[]> derived = new ArrayList<>();

    /**
     * Derives the keys of a purpose.
     *
     * @param configured {@code sluice.secret.key}
     * @param purpose what they are for, such as {@link #TRACKING}
     * @throws IllegalArgumentException when the configured key is none; the message does not contain it
     */
    public ServiceKey(String configured, String purpose) {
        byte[] label = ("sluice " + purpose).getBytes(StandardCharsets.UTF_8);
        try {
            KDF hkdf = KDF.getInstance("HKDF-SHA256");
            for (byte[] key : SecretKeys.of(configured)) {
                derived.add(hkdf.deriveData(
                        HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(label, DERIVED_BYTES)));
            }
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this Java runtime lacks HKDF-SHA256", broken);
        }
    }

    /** The {@code Authorization} header of a call. */
    public String authorization() {
        return "Bearer " + text(derived.getFirst());
    }

    /** Whether a call with this {@code Authorization} header comes from a service of this installation. */
    public boolean accepts(String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return false;
        }
        String given = authorization.substring(BEARER.length()).strip();
        return derived.stream().anyMatch(key -> same(text(key), given));
    }

    /** A signature of a text, safe in URLs. */
    public String sign(String text) {
        return text(mac(derived.getFirst(), text));
    }

    /** Whether this is the signature of that text. */
    public boolean signed(String text, String signature) {
        return signature != null && derived.stream().anyMatch(key -> same(text(mac(key, text)), signature));
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this Java runtime lacks " + MAC, broken);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Takes the same time whatever is wrong. */
    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
