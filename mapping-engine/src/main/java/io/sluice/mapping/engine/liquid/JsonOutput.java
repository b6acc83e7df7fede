package io.sluice.mapping.engine.liquid;

import io.sluice.mapping.engine.json.JsonText;
import io.sluice.mapping.engine.json.MalformedJsonException;
import io.sluice.record.Value;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The result of a template in JSON mode (LIQ-5): JSON, or YAML 1.2, which is JSON with trailing commas, block style and
 * comments. Only the nodes are read and nothing is constructed from them; numbers keep their digits; what aliases can
 * grow to is bounded.
 */
final class JsonOutput {
    private static final int MOST_DEPTH = 100;

    private final StringBuilder json = new StringBuilder();

    private JsonOutput() {}

    /** The value that was rendered; no text at all is null. */
    static Value read(String rendered) throws RenderException {
        try {
            return JsonText.read(rendered);
        } catch (MalformedJsonException notStrict) {
            return readYaml(rendered);
        }
    }

    private static Value readYaml(String rendered) throws RenderException {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(RenderBudget.TEXT_LENGTH)
                .setAllowDuplicateKeys(false)
                .setLabel("template")
                .build();
        try {
            Optional<Node> document = new Compose(settings).composeString(rendered);
            if (document.isEmpty()) {
                return Value.nothing();
            }
            JsonOutput output = new JsonOutput();
            output.write(document.get(), 0);
            return JsonText.read(output.json.toString());
        } catch (YamlEngineException | MalformedJsonException malformed) {
            throw new RenderException("the template's result is not JSON");
        } catch (RenderStop stop) {
            throw new RenderException(stop.getMessage());
        }
    }

    private void write(Node node, int depth) {
        if (depth > MOST_DEPTH || json.length() > RenderBudget.TEXT_LENGTH) {
            throw new RenderStop("the template's JSON is too deep or too large");
        }
        boolean plain = node instanceof ScalarNode
                || node.getTag().equals(Tag.MAP)
                || node.getTag().equals(Tag.SEQ);
        if (!plain) {
            throw new RenderStop("the template's result has a tag that is not JSON");
        }
        switch (node) {
            case MappingNode object -> object(object, depth);
            case SequenceNode array -> {
                String separator = "[";
                for (Node element : array.getValue()) {
                    json.append(separator);
                    write(element, depth + 1);
                    separator = ",";
                }
                json.append(array.getValue().isEmpty() ? "[]" : "]");
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new RenderStop("the template's result is not JSON");
        }
    }

    private void object(MappingNode object, int depth) {
        Set<String> seen = new HashSet<>();
        String separator = "{";
        for (NodeTuple member : object.getValue()) {
            if (!(member.getKeyNode() instanceof ScalarNode key) || !seen.add(key.getValue())) {
                throw new RenderStop("the template's JSON has a key twice, or one that is no text");
            }
            json.append(separator).append(JsonText.quote(key.getValue())).append(':');
            write(member.getValueNode(), depth + 1);
            separator = ",";
        }
        json.append(object.getValue().isEmpty() ? "{}" : "}");
    }

    private void scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            json.append("null");
        } else if (tag.equals(Tag.BOOL)) {
            json.append(text.toLowerCase(Locale.ROOT));
        } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            json.append(number(text));
        } else if (tag.equals(Tag.STR)) {
            json.append(JsonText.quote(text));
        } else {
            throw new RenderStop("the template's result has a tag that is not JSON");
        }
    }

    private static String number(String text) {
        try {
            return JsonText.read(text) instanceof Value.Number ? text : JsonText.quote(text);
        } catch (MalformedJsonException yamlOnly) {
            try {
                return new BigDecimal(text).toString();
            } catch (NumberFormatException infinite) {
                throw new RenderStop("the template's result has a number that JSON has not");
            }
        }
    }
}
