package io.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ByteSearchProperties {
    private static final ByteSearch SPECIAL = ByteSearch.of(' ', '"', '\\', '?');

    @Property
    void findsWhatLookingAtOneByteAfterTheOtherFinds(
            @ForAll("texts") String text, @ForAll @IntRange(max = 40) int from, @ForAll @IntRange(max = 9) int less) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int to = Math.max(0, utf8.length - less);
        int begin = Math.min(from, to);

        assertThat(SPECIAL.next(utf8, begin, to)).isEqualTo(oneByOne(utf8, begin, to));
    }

    @Property
    void everyByteValueIsToldApartWhereverItStands(
            @ForAll @IntRange(min = -128, max = 127) int value, @ForAll @IntRange(max = 20) int place) {
        byte[] bytes = "a".repeat(21).getBytes(StandardCharsets.UTF_8);
        bytes[place] = (byte) value;

        assertThat(SPECIAL.next(bytes, 0, bytes.length)).isEqualTo(oneByOne(bytes, 0, bytes.length));
        assertThat(ByteSearch.isAscii(bytes, 0, bytes.length)).isEqualTo(value >= 0);
        assertThat(ByteSearch.isAscii(bytes, 0, place)).isTrue();
    }

    private static int oneByOne(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] < 0 || bytes[at] >= ' ' && "\"\\?".indexOf(bytes[at]) < 0)) {
            at++;
        }
        return at;
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("abcdefghij klmnop\"\\?\t\n\u0000\u001f\u007f\u0080\u00a2žŁ東")
                .ofMaxLength(60);
    }
}
