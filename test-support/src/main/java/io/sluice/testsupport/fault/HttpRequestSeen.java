package io.sluice.testsupport.fault;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it arrived, whole.
 *
 * @param line for example {@code POST /hook HTTP/1.1}
 * @param headers by lower-case name
 * @param body text
 * @param number 1 for the first request of the server
 * @param nanos when it was read to its end, monotonic
 */
public record HttpRequestSeen(String line, Map<String, String> headers, String body, int number, long nanos) {
    public HttpRequestSeen {
        headers = Map.copyOf(headers);
    }

    /** A header's value. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
