package io.sluice.control.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problems;
import io.sluice.control.form.FormReader;
import java.io.IOException;
import java.util.Map;

/** Reads request bodies: JSON objects, whatever their content type says (census-api 2.5). */
final class JsonBody {
    private static final ObjectReader READER =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonBody() {}

    /**
     * The body; no body counts as an empty object.
     *
     * @throws ApiException when it is not one JSON object
     */
    static ObjectNode object(byte[] body) {
        if (body == null || isBlank(body)) {
            return FormReader.empty();
        }
        JsonNode node;
        try {
            node = READER.readTree(body);
        } catch (JsonProcessingException malformed) {
            throw new ApiException(
                    ErrorCode.MALFORMED_JSON,
                    "The body is not valid JSON (line "
                            + malformed.getLocation().getLineNr() + ", column "
                            + malformed.getLocation().getColumnNr() + ")");
        } catch (IOException unreadable) {
            throw new ApiException(ErrorCode.MALFORMED_JSON, "The body is not valid JSON");
        }
        if (!(node instanceof ObjectNode object)) {
            throw new ApiException(ErrorCode.MALFORMED_JSON, "The body must be one JSON object");
        }
        if (holdsNul(object)) {
            throw new ApiException(
                    ErrorCode.INVALID_VALUE, "The body holds the character U+0000, which no name or value may contain");
        }
        return object;
    }

    /** The body as a form with a list of problems of its own. */
    static FormReader form(byte[] body) {
        return FormReader.of(object(body), new Problems());
    }

    private static boolean isBlank(byte[] body) {
        for (byte each : body) {
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    /** PostgreSQL cannot store it, in text or in JSON. */
    private static boolean holdsNul(JsonNode node) {
        if (node.isTextual()) {
            return node.asText().indexOf('\0') >= 0;
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (entry.getKey().indexOf('\0') >= 0 || holdsNul(entry.getValue())) {
                    return true;
                }
            }
            return false;
        }
        for (JsonNode entry : node) {
            if (holdsNul(entry)) {
                return true;
            }
        }
        return false;
    }
}
