package io.sluice.control.error;

import java.util.Objects;

/**
 * One thing that is wrong with a request.
 *
 * @param code stable code; an {@link ErrorCode} name or the code of a connector error
 * @param field where in the request body, for example {@code mappings[2].to}; empty when it concerns the whole
 * @param message what is wrong, for people; no secret, no record contents
 */
public record Problem(String code, String field, String message) {
    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(message, "message");
    }

    /** A problem out of the catalogue. */
    public static Problem of(ErrorCode code, String field, String message) {
        return new Problem(code.name(), field, message);
    }
}
