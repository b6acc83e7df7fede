package io.sluice.control.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One JSON object of a request. A key that is absent, null or (for anything but plain text) empty text counts as not
 * given; numbers and booleans are also taken as text (census-api 3.3). Unknown keys are ignored. What cannot be read is
 * noted as a problem with its place, and reads as not given. Not thread-safe.
 */
public final class FormReader {
    private final ObjectNode node;
    private final String path;
    private final Problems problems;

    private FormReader(ObjectNode node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /** The body as a whole. */
    public static FormReader of(ObjectNode body, Problems problems) {
        return new FormReader(body, "", problems);
    }

    /** Where problems are noted. */
    public Problems problems() {
        return problems;
    }

    /** The place of a key, for example {@code mappings[2].to}. */
    public String place(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The place of this object. */
    public String place() {
        return path;
    }

    /** Whether the key is there, even with null. */
    public boolean has(String key) {
        return node.has(key);
    }

    /** The value as it was sent. */
    public Optional<JsonNode> raw(String key) {
        JsonNode value = node.get(key);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    /** Text; empty text counts as given nothing. */
    public Optional<String> text(String key) {
        Optional<JsonNode> value = raw(key);
        if (value.isPresent() && value.get().isContainerNode()) {
            invalid(key, "must be text");
            return Optional.empty();
        }
        return value.map(JsonNode::asText).filter(text -> !text.isBlank());
    }

    /** Text that must be given. */
    public Optional<String> requiredText(String key) {
        Optional<String> text = text(key);
        if (text.isEmpty() && raw(key).filter(JsonNode::isContainerNode).isEmpty()) {
            missing(key);
        }
        return text;
    }

    /** A positive id, as a number or as text. */
    public Optional<Long> id(String key) {
        return wholeNumber(key, 1, Long.MAX_VALUE, "must be an id, a positive whole number");
    }

    /** A positive id that must be given. */
    public Optional<Long> requiredId(String key) {
        if (given(key).isEmpty()) {
            missing(key);
            return Optional.empty();
        }
        return id(key);
    }

    /** A whole number within bounds. */
    public Optional<Integer> integer(String key, int least, int most) {
        return wholeNumber(key, least, most, "must be a whole number from " + least + " to " + most)
                .map(Long::intValue);
    }

    /** True or false. */
    public Optional<Boolean> flag(String key) {
        Optional<JsonNode> value = given(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return switch (value.get().asText()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> {
                invalid(key, "must be true or false");
                yield Optional.empty();
            }
        };
    }

    /** A nested object. */
    public Optional<FormReader> object(String key) {
        Optional<JsonNode> value = given(key);
        if (value.isPresent() && !value.get().isObject()) {
            invalid(key, "must be an object");
            return Optional.empty();
        }
        return value.map(object -> new FormReader((ObjectNode) object, place(key), problems));
    }

    /** A nested object that must be given; when it is not, an empty one, so that reading can go on. */
    public Optional<FormReader> requiredObject(String key) {
        if (given(key).isEmpty()) {
            missing(key);
        }
        return object(key);
    }

    /** An array of objects; entries that are none are noted and left out. */
    public Optional<List<FormReader>> objects(String key) {
        Optional<JsonNode> value = given(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isArray()) {
            invalid(key, "must be an array");
            return Optional.empty();
        }
        List<FormReader> entries = new ArrayList<>();
        for (int i = 0; i < value.get().size(); i++) {
            JsonNode entry = value.get().get(i);
            String place = place(key) + "[" + i + "]";
            if (entry.isObject()) {
                entries.add(new FormReader((ObjectNode) entry, place, problems));
            } else {
                problems.add(ErrorCode.INVALID_VALUE, place, place + " must be an object");
            }
        }
        return Optional.of(entries);
    }

    /** An array of texts. */
    public List<String> texts(String key) {
        Optional<JsonNode> value = given(key);
        if (value.isPresent() && !value.get().isArray()) {
            invalid(key, "must be an array of texts");
        }
        List<String> texts = new ArrayList<>();
        value.filter(JsonNode::isArray)
                .ifPresent(array -> array.forEach(entry -> {
                    if (entry.isValueNode() && !entry.isNull()) {
                        texts.add(entry.asText());
                    }
                }));
        return texts;
    }

    /** A copy of the object as it was sent. */
    public ObjectNode copy() {
        return node.deepCopy();
    }

    /** Notes that a key has a value of the wrong kind. */
    public void invalid(String key, String expectation) {
        problems.add(ErrorCode.INVALID_VALUE, place(key), place(key) + " " + expectation);
    }

    /** Notes that a key is missing. */
    public void missing(String key) {
        problems.add(ErrorCode.REQUIRED, place(key), place(key) + " is required");
    }

    /** An object without any key. */
    public static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    private Optional<JsonNode> given(String key) {
        return raw(key).filter(value -> !(value.isTextual() && value.asText().isBlank()));
    }

    private Optional<Long> wholeNumber(String key, long least, long most, String expectation) {
        Optional<JsonNode> value = given(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> number = value.filter(JsonNode::isValueNode).flatMap(FormReader::parse);
        if (number.isEmpty() || number.get() < least || number.get() > most) {
            invalid(key, expectation);
            return Optional.empty();
        }
        return number;
    }

    private static Optional<Long> parse(JsonNode value) {
        if (value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong()) {
            return Optional.of(value.longValue());
        }
        try {
            return Optional.of(Long.parseLong(value.asText().strip()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
