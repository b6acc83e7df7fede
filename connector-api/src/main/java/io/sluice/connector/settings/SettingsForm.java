package io.sluice.connector.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All settings of a connector. Reads raw JSON values (strings, numbers, booleans, maps, null), is lenient where old API
 * clients are sloppy (numbers as text, empty text for "absent") and reports every problem at once.
 */
public record SettingsForm(List<SettingDescriptor> settings) {
    public SettingsForm {
        settings = List.copyOf(settings);
    }

    public static SettingsForm of(SettingDescriptor... settings) {
        return new SettingsForm(List.of(settings));
    }

    /** The outcome of {@link #read}: either settings, or every problem found. */
    public sealed interface Reading {}

    /** The settings are well formed. */
    public record Valid(ConnectionSettings settings) implements Reading {}

    /** What is wrong, one entry per setting, in form order. */
    public record Invalid(List<Problem> problems) implements Reading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /** One problem of one setting; the message never repeats the value. */
    public record Problem(String setting, String message) {}

    /** The setting of that id. */
    public Optional<SettingDescriptor> setting(String id) {
        return settings.stream().filter(setting -> setting.id().equals(id)).findFirst();
    }

    /** Reads raw values. Unknown keys are ignored: API clients send more than a connector asks for. */
    public Reading read(Map<String, ?> raw) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (SettingDescriptor setting : settings) {
            Object given = raw.get(setting.id());
            if (given == null || "".equals(given)) {
                given = setting.defaultValue().orElse(null);
            }
            if (given == null) {
                if (setting.required()) {
                    problems.add(new Problem(setting.id(), setting.label() + " (" + setting.id() + ") is required"));
                }
                continue;
            }
            readOne(setting, given, values, problems);
        }
        return problems.isEmpty() ? new Valid(new ConnectionSettings(values)) : new Invalid(problems);
    }

    private static void readOne(
            SettingDescriptor setting, Object given, Map<String, Object> values, List<Problem> problems) {
        Optional<Object> parsed =
                switch (setting.type()) {
                    case STRING -> scalar(given).map(text -> (Object) text);
                    case INTEGER ->
                        wholeNumber(
                                given,
                                setting.range()
                                        .map(SettingDescriptor.Range::least)
                                        .orElse(0),
                                setting.range()
                                        .map(SettingDescriptor.Range::most)
                                        .orElse(Integer.MAX_VALUE));
                    case PORT -> wholeNumber(given, 1, 65_535);
                    case BOOLEAN -> truth(given);
                    case URL -> url(given);
                    case STRING_MAP -> stringMap(given);
                };
        if (parsed.isEmpty()) {
            problems.add(new Problem(
                    setting.id(), setting.label() + " (" + setting.id() + ") must be " + expectation(setting)));
            return;
        }
        Object value = parsed.get();
        if (!setting.choices().isEmpty() && !setting.choices().contains(value.toString())) {
            problems.add(new Problem(
                    setting.id(),
                    setting.label() + " (" + setting.id() + ") must be one of "
                            + String.join(", ", setting.choices())));
            return;
        }
        values.put(setting.id(), setting.secret() ? hide(value) : value);
    }

    /** A secret map keeps its keys in sight of the connector only; {@link ConnectionSettings#publicValues} drops it. */
    private static Object hide(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return new Secret(value.toString());
        }
        Map<String, Secret> secrets = new TreeMap<>();
        map.forEach((key, entry) -> secrets.put(key.toString(), new Secret(entry.toString())));
        return new ConnectionSettings.SecretMap(secrets);
    }

    private static String expectation(SettingDescriptor setting) {
        return switch (setting.type()) {
            case STRING -> "text";
            case INTEGER ->
                setting.range()
                        .map(range -> "a whole number from " + range.least() + " to " + range.most())
                        .orElse("a whole number, 0 or more");
            case PORT -> "a port number from 1 to 65535";
            case BOOLEAN -> "true or false";
            case URL -> "an absolute http or https URL";
            case STRING_MAP -> "an object of text values";
        };
    }

    private static Optional<String> scalar(Object given) {
        return given instanceof String || given instanceof Number || given instanceof Boolean
                ? Optional.of(given.toString())
                : Optional.empty();
    }

    private static Optional<Object> wholeNumber(Object given, long least, long most) {
        try {
            long number = Long.parseLong(given.toString().strip());
            return number < least || number > most ? Optional.empty() : Optional.of((int) number);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Object> truth(Object given) {
        return switch (given.toString()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> url(Object given) {
        try {
            URI uri = new URI(given.toString());
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null ? Optional.of(uri.toString()) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Object> stringMap(Object given) {
        if (!(given instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Map<String, String> strings = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Optional<String> value = scalar(entry.getValue());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            strings.put(entry.getKey().toString(), value.get());
        }
        return Optional.of(strings);
    }
}
