package io.sluice.tracking.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;

/** What DuckDB finds in the folder of a run. */
public record RunFiles(Path bucket, long run) {

    public Path folder() {
        return bucket.resolve("sync_tracking_datasets/1/2").resolve(Long.toString(run));
    }

    /** Rows {@code id-0} to {@code id-<count - 1>} are there, each once, with the counters that belong to them. */
    public void assertEachRowOnce(int count) throws SQLException {
        assertThat(ask("count(*) || ' ' || count(DISTINCT identifier)")).isEqualTo(count + " " + count);
        assertThat(ask("min(substr(identifier, 4)::INT) || ' ' || max(substr(identifier, 4)::INT)"))
                .isEqualTo("0 " + (count - 1));
        assertThat(ask("count(DISTINCT sync_run_id) || ' ' || max(sync_run_id)"))
                .isEqualTo("1 " + run);
    }

    /** The value of an aggregate over the run's rows. */
    public String ask(String aggregate) throws SQLException {
        return DuckDb.single(
                "SELECT %s FROM read_parquet('%s/*.parquet', union_by_name=True)".formatted(aggregate, folder()));
    }
}
