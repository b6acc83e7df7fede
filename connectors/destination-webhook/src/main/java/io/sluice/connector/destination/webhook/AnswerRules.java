package io.sluice.connector.destination.webhook;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;

/**
 * How the server's answer is understood (destinations.md card 2, RTY-4, RTY-5).
 *
 * <table>
 * <caption>Rules</caption>
 * <tr><td>2xx</td><td>every record of the request is accepted</td></tr>
 * <tr><td>429</td><td>try again later, not before Retry-After</td></tr>
 * <tr><td>5xx</td><td>the same; when tries are used up, the run fails</td></tr>
 * <tr><td>400, 413, 422</td><td>one record: rejected; several: refused, so that the engine splits the batch</td></tr>
 * <tr><td>other 4xx</td><td>every record is rejected, the run goes on</td></tr>
 * <tr><td>anything else (3xx)</td><td>no webhook: the run fails</td></tr>
 * </table>
 */
final class AnswerRules {
    /** Enough bytes for {@link #EXCERPT_CHARACTERS} characters of UTF-8. */
    static final int EXCERPT_BYTES = 2_000;

    private static final int EXCERPT_CHARACTERS = 500;

    private final String host;
    private final InstantSource clock;

    AnswerRules(String host, InstantSource clock) {
        this.host = host;
        this.clock = clock;
    }

    BatchResult judge(int status, HttpHeaders headers, KeptBody body, int records) {
        return switch (status / 100) {
            case 2 -> accepted(body);
            case 4 -> clientError(status, headers, body, records);
            case 5 -> new BatchResult.RetryLater(retryAfter(headers), reason(status, body), Optional.of(down(status)));
            default -> new BatchResult.Failed(noWebhook(status));
        };
    }

    /** An answer that broke off in the middle is not the server's word: a proxy may have begun it too early. */
    private BatchResult accepted(KeptBody body) {
        return body.complete()
                ? new BatchResult.AllAccepted()
                : new BatchResult.Unknown("The answer of " + host + " broke off.");
    }

    private BatchResult clientError(int status, HttpHeaders headers, KeptBody body, int records) {
        String reason = reason(status, body);
        boolean aboutContents = status == 400 || status == 413 || status == 422;
        if (status == 429) {
            return new BatchResult.RetryLater(retryAfter(headers), reason);
        }
        return aboutContents && records > 1
                ? new BatchResult.Refused(reason)
                : new BatchResult.PerRecord(Collections.nCopies(records, new AttemptResult.Rejected(reason)));
    }

    private Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .map(value -> RetryAfter.parse(value, clock.instant()))
                .orElse(Duration.ZERO);
    }

    /** The server's own words (RTY-6), after the status. */
    private static String reason(int status, KeptBody body) {
        String text = body.text().strip();
        if (text.length() > EXCERPT_CHARACTERS) {
            boolean splitsPair = Character.isHighSurrogate(text.charAt(EXCERPT_CHARACTERS - 1));
            text = text.substring(0, splitsPair ? EXCERPT_CHARACTERS - 1 : EXCERPT_CHARACTERS);
        }
        return text.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + text;
    }

    /** Without the body: an error of the run may not hold a record's contents, and servers echo what they got. */
    private ConnectorError down(int status) {
        return new ConnectorError(
                "DESTINATION_UNAVAILABLE",
                ConnectorError.Fault.EXTERNAL,
                "The server at " + host + " keeps answering HTTP " + status
                        + ". Check its logs; the records are sent again by the next run.");
    }

    private ConnectorError noWebhook(int status) {
        return new ConnectorError(
                "UNEXPECTED_ANSWER",
                ConnectorError.Fault.CONFIGURATION,
                "The server at " + host + " answers HTTP " + status
                        + ", which is no answer to a record. Redirects are not followed: give the final URL.");
    }
}
