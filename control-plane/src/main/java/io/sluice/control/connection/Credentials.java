package io.sluice.control.connection;

import io.sluice.connector.settings.SettingDescriptor;
import io.sluice.connector.settings.SettingsForm;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The raw settings of a connection as a user gave them, secrets included, cut down to what the connector asks for.
 * Immutable; never prints.
 */
public final class Credentials {
    private final Map<String, Object> values;

    private Credentials(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** What was stored. */
    public static Credentials stored(Map<String, Object> values) {
        return new Credentials(new LinkedHashMap<>(values));
    }

    /** What a user sent; keys that the form does not know are dropped. */
    public static Credentials given(SettingsForm form, Map<String, ?> raw) {
        Map<String, Object> kept = new LinkedHashMap<>();
        for (SettingDescriptor setting : form.settings()) {
            Object value = raw.get(setting.id());
            if (value != null) {
                kept.put(setting.id(), value);
            }
        }
        return new Credentials(kept);
    }

    /**
     * These credentials with the given keys replaced (census-api 3.3: partial credentials merge). An empty secret means
     * "unchanged": forms and Terraform send it for what they cannot know.
     */
    public Credentials merge(SettingsForm form, Map<String, ?> patch) {
        Map<String, Object> merged = new LinkedHashMap<>(values);
        for (SettingDescriptor setting : form.settings()) {
            if (!patch.containsKey(setting.id())) {
                continue;
            }
            Object value = patch.get(setting.id());
            boolean unchanged = setting.secret() && (value == null || "".equals(value));
            if (!unchanged) {
                if (value == null) {
                    merged.remove(setting.id());
                } else {
                    merged.put(setting.id(), value);
                }
            }
        }
        return new Credentials(merged);
    }

    /** Checks them against the connector's form; every problem at once. */
    public SettingsForm.Reading read(SettingsForm form) {
        return form.read(values);
    }

    /** The raw values, for encryption and for the connector's form only. */
    public Map<String, Object> reveal() {
        return values;
    }

    @Override
    public String toString() {
        return "Credentials" + values.keySet();
    }
}
