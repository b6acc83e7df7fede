package io.sluice.control.run;

import java.util.Objects;

/**
 * Why a run failed.
 *
 * @param code stable code
 * @param message what is wrong, whose fault it is and what to do; no secrets, no record contents
 */
public record RunError(String code, String message) {
    public RunError {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }
}
