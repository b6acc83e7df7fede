package io.sluice.connector.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Validated settings of one connection, as {@link SettingsForm#read} gives them. Immutable. Prints no secret.
 *
 * <p>Getters throw {@link IllegalStateException} when the connector asks for a setting its form does not require: that is
 * a bug of the connector, not of the user.
 */
public final class ConnectionSettings {
    private final Map<String, Object> values;

    /** Value of a secret map setting; its own type, so that it cannot be mistaken for a public one. */
    record SecretMap(Map<String, Secret> entries) {
        @Override
        public String toString() {
            return "***";
        }
    }

    ConnectionSettings(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A text setting. */
    public String text(String id) {
        return optionalText(id).orElseThrow(() -> missing(id));
    }

    /** A text setting that may be absent. */
    public Optional<String> optionalText(String id) {
        return Optional.ofNullable(values.get(id)).map(Object::toString);
    }

    /** An integer or port setting. */
    public int integer(String id) {
        if (values.get(id) instanceof Integer number) {
            return number;
        }
        throw missing(id);
    }

    /** An integer or port setting that may be absent. */
    public Optional<Integer> optionalInteger(String id) {
        return values.get(id) instanceof Integer number ? Optional.of(number) : Optional.empty();
    }

    /** A boolean setting; absent counts as false. */
    public boolean flag(String id) {
        return Boolean.TRUE.equals(values.get(id));
    }

    /** A secret setting. */
    public Secret secret(String id) {
        return optionalSecret(id).orElseThrow(() -> missing(id));
    }

    /** A secret setting that may be absent. */
    public Optional<Secret> optionalSecret(String id) {
        return values.get(id) instanceof Secret secret ? Optional.of(secret) : Optional.empty();
    }

    /** A map setting; absent counts as empty. */
    public Map<String, String> map(String id) {
        if (!(values.get(id) instanceof Map<?, ?> map)) {
            return Map.of();
        }
        Map<String, String> strings = new LinkedHashMap<>();
        map.forEach((key, value) -> strings.put(key.toString(), value.toString()));
        return strings;
    }

    /** A secret map setting, its values hidden; absent counts as empty. */
    public Map<String, Secret> secretMap(String id) {
        return values.get(id) instanceof SecretMap map ? Collections.unmodifiableMap(map.entries()) : Map.of();
    }

    /** The settings without the secret ones: what the API may give back as {@code connection_details}. */
    public Map<String, Object> publicValues() {
        Map<String, Object> shown = new LinkedHashMap<>();
        values.forEach((id, value) -> {
            if (!(value instanceof Secret || value instanceof SecretMap)) {
                shown.put(id, value);
            }
        });
        return shown;
    }

    @Override
    public String toString() {
        return "ConnectionSettings" + publicValues().keySet();
    }

    private static IllegalStateException missing(String id) {
        return new IllegalStateException("setting " + id + " is absent or of another type");
    }
}
