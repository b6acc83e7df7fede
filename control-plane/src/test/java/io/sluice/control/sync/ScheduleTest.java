package io.sluice.control.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.control.error.Problem;
import io.sluice.control.error.Problems;
import io.sluice.control.form.FormReader;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final Instant WEDNESDAY = Instant.parse("2026-01-07T10:20:30Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"frequency":"continuous"} | 2026-01-07T10:21:00Z
                    {"frequency":"quarter_hourly"} | 2026-01-07T10:30:00Z
                    {"frequency":"hourly","minute":5} | 2026-01-07T11:05:00Z
                    {"frequency":"daily","hour":6,"minute":30} | 2026-01-08T06:30:00Z
                    {"frequency":"daily","hour":24} | 2026-01-08T00:00:00Z
                    {"frequency":"weekly","day":"Wednesday","hour":10,"minute":20} | 2026-01-14T10:20:00Z
                    {"frequency":"weekly","day":"sunday","hour":1,"minute":0} | 2026-01-11T01:00:00Z
                    {"frequency":"expression","cron_expression":"*/4 * * * *"} | 2026-01-07T10:24:00Z
                    {"frequency":"expression","cron_expression":"0 9 * * 1-5"} | 2026-01-08T09:00:00Z
                    {"frequency":"expression","cron_expression":"0 9 1,15 * *"} | 2026-01-15T09:00:00Z
                    """)
    void knowsWhenItIsDueNext(String schedule, String next) throws JsonProcessingException {
        assertThat(read("{\"mode\":{\"type\":\"triggered\",\"triggers\":{\"schedule\":" + schedule + "}}}")
                        .schedule()
                        .nextAfter(WEDNESDAY))
                .contains(Instant.parse(next));
    }

    @Test
    void manualIsNeverDue() {
        assertThat(Schedule.NEVER.nextAfter(WEDNESDAY)).isEmpty();
    }

    @Test
    void theFlatFieldsMeanTheSame() throws JsonProcessingException {
        assertThat(read("{\"schedule_frequency\":\"daily\",\"schedule_hour\":\"6\",\"schedule_minute\":5}")
                        .schedule()
                        .nextAfter(WEDNESDAY))
                .contains(Instant.parse("2026-01-08T06:05:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schedule_frequency\":\"sometimes\"}",
                "{\"schedule_frequency\":\"weekly\"}",
                "{\"schedule_frequency\":\"weekly\",\"schedule_day\":\"Moonday\"}",
                "{\"schedule_frequency\":\"daily\",\"schedule_hour\":25}",
                "{\"schedule_frequency\":\"hourly\",\"schedule_minute\":60}",
                "{\"schedule_frequency\":\"expression\"}",
                "{\"schedule_frequency\":\"expression\",\"cron_expression\":\"0 0 6 * * *\"}",
                "{\"schedule_frequency\":\"expression\",\"cron_expression\":\"61 * * * *\"}",
                "{\"mode\":{\"type\":\"live\"}}",
                "{\"mode\":{\"type\":\"triggered\",\"triggers\":{\"dbt_cloud\":{\"job_id\":\"1\"}}}}"
            })
    void whatMakesNoSenseIsAProblemOfItsField(String body) throws JsonProcessingException {
        Problems problems = new Problems();
        SyncFormReader.read(FormReader.of((ObjectNode) new ObjectMapper().readTree(body), problems));

        assertThat(problems.list())
                .extracting(Problem::field)
                .anyMatch(field ->
                        field.startsWith("schedule_") || field.startsWith("mode") || field.equals("cron_expression"));
    }

    private static SyncForm read(String body) throws JsonProcessingException {
        return SyncFormReader.read(FormReader.of((ObjectNode) new ObjectMapper().readTree(body), new Problems()));
    }

    @Test
    void aSequenceNamesItsParent() throws JsonProcessingException {
        assertThat(read("{\"triggers\":{\"sync_sequence\":{\"sync_id\":60}}}").afterSync())
                .isEqualTo(Optional.of(60L));
    }
}
