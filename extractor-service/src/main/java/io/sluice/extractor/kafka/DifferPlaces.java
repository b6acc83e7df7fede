package io.sluice.extractor.kafka;

import io.sluice.contract.Topics;
import io.sluice.extractor.read.DifferPace;
import io.sluice.support.kafka.GroupPlaces;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the differ has committed of the source records. */
record DifferPlaces(Admin admin) implements DifferPace.Places {
    private static final Logger LOG = LoggerFactory.getLogger(DifferPlaces.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public Optional<Map<Integer, Long>> ask() {
        try {
            return Optional.of(GroupPlaces.of(admin, Topics.DIFFER_GROUP, Topics.SOURCE_RECORDS, PATIENCE));
        } catch (ExecutionException | TimeoutException unknown) {
            LOG.debug("where the differ is could not be asked: {}", unknown.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
