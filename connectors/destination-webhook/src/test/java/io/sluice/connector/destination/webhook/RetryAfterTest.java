package io.sluice.connector.destination.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:07Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            0                                | PT0S
            120                              | PT2M
            ' 7 '                            | PT7S
            999999999                        | PT277777H46M39S
            Sun, 06 Nov 1994 08:49:37 GMT    | PT30S
            Sunday, 06-Nov-94 08:49:37 GMT   | PT30S
            Sun Nov  6 08:49:37 1994         | PT30S
            Sun, 06 Nov 1994 08:49:00 GMT    | PT0S
            -5                               | PT0S
            1.5                              | PT0S
            99999999999999999999             | PT0S
            soon                             | PT0S
            ''                               | PT0S
            """)
    void understandsSecondsAndDates(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(wait);
    }
}
