package io.sluice.control.workspace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * A workspace API key or personal access token as a caller presents it. The prefix {@code secret-token:} is part of a
 * key's text, but some clients drop it and some add it twice: tokens are equal without it (census-api 1). Never prints.
 */
public final class ApiToken {
    /** What every generated token starts with. */
    public static final String PREFIX = "secret-token:";

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 24;

    private final String bare;

    private ApiToken(String bare) {
        this.bare = bare;
    }

    /** The token of that text, with or without its prefix. */
    public static ApiToken of(String text) {
        String bare = Objects.requireNonNull(text, "text").strip();
        while (bare.startsWith(PREFIX)) {
            bare = bare.substring(PREFIX.length());
        }
        return new ApiToken(bare);
    }

    /** A new token with 142 bits of chance. */
    public static ApiToken generate(SecureRandom random) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new ApiToken(text.toString());
    }

    /** The full text, for the one answer that shows it. */
    public String reveal() {
        return PREFIX + bare;
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return bare.isEmpty();
    }

    /** SHA-256 of the token without its prefix: what is stored and looked up. Tokens are long and random: no salt. */
    public byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bare.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Whether both are the same token, in constant time. */
    public boolean matches(ApiToken other) {
        return MessageDigest.isEqual(digest(), other.digest());
    }

    @Override
    public String toString() {
        return "***";
    }
}
