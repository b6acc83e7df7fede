package io.sluice.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunCheckTest {
    private static final RunCounts COUNTS = new RunCounts(10, 5, 1, 3, 6, 5, 1);
    private static final List<Row> ROWS = List.of(new Row(List.of("1", "a")));
    private static final Map<String, Long> TRACKED =
            Map.of("succeeded", 5L, "rejected", 1L, "NULL", 1L, "DUPLICATE", 2L);

    @Test
    void nothingToSayWhenAllIsAsItShouldBe() {
        assertThat(RunCheck.differences(COUNTS, COUNTS, ROWS, ROWS, TRACKED)).isEmpty();
    }

    @Test
    void everyKindOfDifferenceIsTold() {
        RunCounts other = new RunCounts(10, 5, 0, 3, 5, 4, 1);
        List<Row> wrong = List.of(new Row(List.of("1", "b")));
        assertThat(RunCheck.differences(COUNTS, other, ROWS, wrong, Map.of("succeeded", 4L)))
                .satisfiesExactly(
                        counters -> assertThat(counters).contains("counters").contains("deletes=1"),
                        rows -> assertThat(rows).contains("1 expected ones are missing"),
                        accepted -> assertThat(accepted).contains("4 accepted").contains("should have 5"),
                        rejected -> assertThat(rejected).contains("0 rejected"),
                        invalid -> assertThat(invalid).contains("0 invalid").contains("should have 3"));
    }

    @Test
    void countersAndTimesAreReadFromTheApi() throws Exception {
        String run =
                """
                {"source_record_count": 10, "source_record_updates": 5, "source_record_deletes": 1,
                 "source_record_invalids": 3, "records_processed": 6, "records_updated": 5, "records_failed": 1,
                 "created_at": "2026-01-02T03:04:05.000Z", "completed_at": "2026-01-02T03:04:07.250Z"}
                """;
        ObjectMapper json = new ObjectMapper();
        assertThat(RunCounts.of(json.readTree(run))).isEqualTo(COUNTS);
        assertThat(RunTimes.seconds(json.readTree(run))).isEqualTo("2.3");
        assertThat(RunTimes.seconds(
                        json.readTree("{\"created_at\": \"2026-01-02T03:04:05Z\", \"completed_at\": null}")))
                .isEqualTo("–");
        assertThat(RunCounts.of(json.readTree("{\"source_record_count\": null}")))
                .isEqualTo(new RunCounts(0, 0, 0, 0, 0, 0, 0));
    }
}
