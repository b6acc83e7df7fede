package io.sluice.support.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

class NativeCompressionTest {

    @Test
    void theFastestInstanceIsTheNativeOneOnceLoaded() {
        NativeCompression.load();

        assertThat(LZ4Factory.fastestInstance()).isSameAs(LZ4Factory.nativeInstance());
    }
}
