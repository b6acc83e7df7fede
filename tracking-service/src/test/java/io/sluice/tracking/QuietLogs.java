package io.sluice.tracking;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Plain tests run without Quarkus' logging configuration, and the log manager then keeps every level: Parquet would trace
 * each value it writes, twenty times slower than the work itself.
 */
public final class QuietLogs implements LauncherSessionListener {
    private static final List<Logger> KEPT =
            List.of(Logger.getLogger("org.apache.parquet"), Logger.getLogger("org.apache.kafka"));

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        hush();
    }

    /** Sets the levels that application.properties sets in the service. */
    public static void hush() {
        KEPT.forEach(logger -> logger.setLevel(Level.WARNING));
    }
}
