package io.sluice.testkit;

import java.util.Map;
import java.util.Objects;

/**
 * Settings with which a connection test must fail.
 *
 * @param label what is wrong with them, for the test report
 * @param settings raw values as the API receives them
 * @param expectedCode the error code the failed step must carry
 * @param secret a text that must not occur in any message, for example the wrong password
 */
public record BrokenSettings(String label, Map<String, Object> settings, String expectedCode, String secret) {
    public BrokenSettings {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(expectedCode, "expectedCode");
        Objects.requireNonNull(secret, "secret");
    }
}
