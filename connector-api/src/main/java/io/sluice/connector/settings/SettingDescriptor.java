package io.sluice.connector.settings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One setting of a connection, as data.
 *
 * @param id key in the API's {@code credentials}, lower snake case
 * @param label name shown in a form
 * @param type what values it takes
 * @param secret write-only: stored encrypted, never given back (requirement SEC-2)
 * @param required whether a connection cannot be saved without it
 * @param defaultValue used when the setting is absent
 * @param choices allowed values, empty for "any"
 * @param range limits of a number, narrower than its type's
 * @param placeholder an example shown in an empty field
 * @param help one or two sentences: meaning, unit, where to find it
 */
public record SettingDescriptor(
        String id,
        String label,
        Type type,
        boolean secret,
        boolean required,
        Optional<String> defaultValue,
        List<String> choices,
        Optional<Range> range,
        String placeholder,
        String help) {

    /** Whole numbers from {@code least} to {@code most}, both included. */
    public record Range(int least, int most) {
        public Range {
            if (least > most) {
                throw new IllegalArgumentException("an empty range: " + least + " to " + most);
            }
        }
    }

    /** What values a setting takes. Values arrive as JSON: numbers and booleans are also accepted as text. */
    public enum Type {
        STRING,
        /** A whole number from 0 to 2^31-1. */
        INTEGER,
        /** From 1 to 65535. */
        PORT,
        BOOLEAN,
        /** An absolute http or https URL. */
        URL,
        /** JSON object of string to string, for example extra headers. */
        STRING_MAP
    }

    public SettingDescriptor {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(defaultValue, "defaultValue");
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(placeholder, "placeholder");
        Objects.requireNonNull(help, "help");
        choices = List.copyOf(choices);
        if (range.isPresent() && type != Type.INTEGER) {
            throw new IllegalArgumentException("only an integer setting has a range: " + id);
        }
        if (!id.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("setting id must be lower snake case: " + id);
        }
    }

    /** A setting that must be given. */
    public static SettingDescriptor required(String id, String label, Type type, String placeholder, String help) {
        return new SettingDescriptor(
                id, label, type, false, true, Optional.empty(), List.of(), Optional.empty(), placeholder, help);
    }

    /** A setting that may be left out. */
    public static SettingDescriptor optional(String id, String label, Type type, String placeholder, String help) {
        return new SettingDescriptor(
                id, label, type, false, false, Optional.empty(), List.of(), Optional.empty(), placeholder, help);
    }

    /** The same setting, write-only. */
    public SettingDescriptor asSecret() {
        return new SettingDescriptor(id, label, type, true, required, defaultValue, choices, range, placeholder, help);
    }

    /** The same setting with a value for when it is absent. */
    public SettingDescriptor withDefault(String value) {
        return new SettingDescriptor(
                id, label, type, secret, required, Optional.of(value), choices, range, placeholder, help);
    }

    /** The same setting with a closed list of values. */
    public SettingDescriptor withChoices(String... values) {
        return new SettingDescriptor(
                id, label, type, secret, required, defaultValue, List.of(values), range, placeholder, help);
    }

    /** The same setting with narrower limits. */
    public SettingDescriptor withRange(int least, int most) {
        return new SettingDescriptor(
                id,
                label,
                type,
                secret,
                required,
                defaultValue,
                choices,
                Optional.of(new Range(least, most)),
                placeholder,
                help);
    }
}
