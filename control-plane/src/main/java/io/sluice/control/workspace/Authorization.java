package io.sluice.control.workspace;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Reads the {@code Authorization} header in every form that clients send it (census-api 1). */
public final class Authorization {
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private Authorization() {}

    /** The token of the header, or empty when there is none or it cannot be read. */
    public static Optional<ApiToken> token(String header) {
        if (header == null) {
            return Optional.empty();
        }
        String text = header.strip();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith(BEARER)) {
            return nonEmpty(text.substring(BEARER.length()));
        }
        return lower.startsWith(BASIC) ? password(text.substring(BASIC.length()).strip()) : Optional.empty();
    }

    /** The user name is the word bearer; the password is split off at the first colon, for it holds one itself. */
    private static Optional<ApiToken> password(String encoded) {
        String decoded;
        try {
            decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        int colon = decoded.indexOf(':');
        return colon >= 0 && decoded.substring(0, colon).equalsIgnoreCase("bearer")
                ? nonEmpty(decoded.substring(colon + 1))
                : Optional.empty();
    }

    private static Optional<ApiToken> nonEmpty(String text) {
        return Optional.of(ApiToken.of(text)).filter(token -> !token.isEmpty());
    }
}
