package io.sluice.loader.kafka;

import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.loader.run.LoadMetricsFactory;
import io.sluice.support.kafka.ConnectionConfigs;
import io.sluice.support.secret.SettingsCipher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a lane for each destination the selector names. A destination that is deleted keeps its lane until that has had
 * nothing to do for a while: runs that are still under way must be told that they failed. Thread-safe.
 */
final class LaneManager {
    private static final Logger LOG = LoggerFactory.getLogger(LaneManager.class);

    private final LaneSelector selector;
    private final ConnectionConfigs configs;
    private final SettingsCipher cipher;
    private final ConnectorCatalog catalog;
    private final LoadMetricsFactory metrics;
    private final LaneEnvironment environment;
    private final Map<Long, Lane> lanes = new HashMap<>();
    private boolean closed;

    LaneManager(
            LaneSelector selector,
            ConnectionConfigs configs,
            SettingsCipher cipher,
            ConnectorCatalog catalog,
            LoadMetricsFactory metrics,
            LaneEnvironment environment) {
        this.selector = selector;
        this.configs = configs;
        this.cipher = cipher;
        this.catalog = catalog;
        this.metrics = metrics;
        this.environment = environment;
    }

    /** Follows the connections topic from its beginning. */
    void start() {
        configs.onChange((key, config) -> changed(key, config));
        configs.start();
    }

    private synchronized void changed(String key, Optional<ConnectionConfig> config) {
        if (closed) {
            return;
        }
        if (config.isEmpty()) {
            idOf(key).map(lanes::get).ifPresent(lane -> lane.settingsChanged(true));
            return;
        }
        ConnectionConfig present = config.get();
        if (present.getKind() != ConnectionKind.DESTINATION
                || !selector.selects(present.getConnectionId(), present.getType())) {
            return;
        }
        long id = present.getConnectionId();
        Lane known = lanes.get(id);
        if (known != null && known.settingsChanged(false)) {
            return;
        }
        Lane lane = new Lane(
                id,
                new ConfiguredDestination(id, configs, cipher, catalog),
                metrics.ofLane(id, present.getType()),
                environment,
                this::forget);
        lanes.put(id, lane);
        lane.start();
        LOG.info("lane {} ({}) is open", id, present.getType());
    }

    private synchronized void forget(Lane retired) {
        lanes.values().remove(retired);
    }

    private static Optional<Long> idOf(String key) {
        String prefix = "destination-";
        return key.startsWith(prefix) ? Optional.of(Long.parseLong(key.substring(prefix.length()))) : Optional.empty();
    }

    /** How the lanes are. */
    synchronized List<LaneStatus> statuses() {
        return lanes.values().stream().map(Lane::status).toList();
    }

    /**
     * Ends all lanes after their calls under way.
     *
     * @param leave whether other replicas take over at once; otherwise this one is expected back
     */
    void close(Duration patience, boolean leave) throws InterruptedException {
        List<Lane> ending;
        synchronized (this) {
            closed = true;
            ending = new ArrayList<>(lanes.values());
        }
        configs.close();
        ending.forEach(lane -> lane.stop(leave));
        long deadline = System.nanoTime() + patience.toNanos();
        for (Lane lane : ending) {
            lane.awaitEnd(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }
}
