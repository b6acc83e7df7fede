package io.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FingerprintProperties {

    @Property
    void bytesComeBack(@ForAll long high, @ForAll long low) {
        Fingerprint fingerprint = new Fingerprint(high, low);

        assertThat(Fingerprint.fromBytes(fingerprint.toBytes())).isEqualTo(fingerprint);
    }
}
