package io.sluice.support.kafka;

import net.jpountz.lz4.LZ4Factory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Kafka's clients compress in native code. The LZ4 library uses its native part by itself only where the system class
 * loader loaded it, which no Quarkus application has; elsewhere it falls back to bounds-checked Java, which took a third of
 * the workers' time. Once the native part is loaded by hand, it is used.
 */
final class NativeCompression {
    private static final Logger LOG = LoggerFactory.getLogger(NativeCompression.class);

    private NativeCompression() {}

    /** Loads the native part; without one for this platform the Java code does the work, slower. */
    static void load() {
        try {
            LZ4Factory.nativeInstance();
        } catch (LinkageError missing) {
            LOG.info(
                    "LZ4 has no native code for this platform, messages are compressed in Java: {}",
                    missing.toString());
        }
    }
}
