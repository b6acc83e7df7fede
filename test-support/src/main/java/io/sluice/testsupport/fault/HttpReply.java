package io.sluice.testsupport.fault;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** What a {@link ScriptedHttpServer} does about one request. */
public sealed interface HttpReply {

    /**
     * A whole answer.
     *
     * @param status for example 200
     * @param headers besides Content-Length
     * @param body text, may be empty
     * @param after how long the server thinks first
     */
    record Answer(int status, Map<String, String> headers, String body, Duration after) implements HttpReply {
        public Answer {
            headers = Map.copyOf(headers);
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(after, "after");
        }

        /** At once, without headers of its own. */
        public Answer(int status, String body) {
            this(status, Map.of(), body, Duration.ZERO);
        }
    }

    /** An answer that promises more than it gives: its body ends in the middle, and so does the connection. */
    record Truncated(int status) implements HttpReply {}

    /** No answer, and the connection stays open: only the client's own patience ends it. */
    record Silence() implements HttpReply {}

    /** No answer, and the connection is reset. */
    record Reset() implements HttpReply {}

    /** 200 without a body. */
    HttpReply OK = new Answer(200, "");
}
