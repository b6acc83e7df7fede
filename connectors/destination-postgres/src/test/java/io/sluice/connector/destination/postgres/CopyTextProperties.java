package io.sluice.connector.destination.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.record.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CopyTextProperties {
    @Property(tries = 2_000)
    boolean whatIsWrittenReadsBack(@ForAll("rows") List<String> row) {
        CopyText text = new CopyText();
        text.begin(42);
        row.forEach(text::value);

        String line = new String(text.written(), StandardCharsets.UTF_8);
        String[] parts = line.split("\t", -1);
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0 || parts.length != row.size() + 1) {
            return false;
        }
        for (int index = 0; index < row.size(); index++) {
            if (!unescaped(parts[index + 1]).equals(row.get(index))) {
                return false;
            }
        }
        return parts[0].equals("42");
    }

    @Property(tries = 500)
    void whatCameInBytesIsWrittenAsItsTextWouldBe(@ForAll("rows") List<String> row) {
        CopyText fromText = new CopyText();
        CopyText fromBytes = new CopyText();
        for (String each : row) {
            fromText.value(each);
            byte[] bytes = ("[" + each + "]").getBytes(StandardCharsets.UTF_8);
            fromBytes.json(new Value.Structured(bytes, 1, bytes.length - 1, null));
            if (each.chars().allMatch(character -> character >= ' ' && character != '\\')) {
                fromText.value(each);
                fromBytes.plain(new Value.Text(bytes, 1, bytes.length - 1, null));
            }
        }

        assertThat(fromBytes.written()).isEqualTo(fromText.written());
    }

    @Property(tries = 500)
    boolean aRowTakenBackLeavesNoTrace(@ForAll("rows") List<String> kept, @ForAll("rows") List<String> forgotten) {
        CopyText text = new CopyText();
        text.begin(1);
        kept.forEach(text::value);
        byte[] before = text.written();
        text.begin(2);
        forgotten.forEach(text::value);
        text.forgetRow();
        return java.util.Arrays.equals(before, text.written());
    }

    @Provide
    Arbitrary<List<String>> rows() {
        Arbitrary<String> nasty =
                Arbitraries.of("\\N", "\\.", "\\", "\t", "\n", "\r\n", "", "👩‍👩‍👧", "\uFFFF", "é", "\\t");
        Arbitrary<String> any = Arbitraries.strings()
                .ofMaxLength(40)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(3, any),
                        net.jqwik.api.Tuple.of(1, nasty),
                        net.jqwik.api.Tuple.of(1, nasty.list().ofMaxSize(5).map(parts -> String.join("", parts))))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    /** As the server reads it. */
    private static String unescaped(String field) {
        StringBuilder plain = new StringBuilder();
        for (int index = 0; index < field.length(); index++) {
            char character = field.charAt(index);
            if (character != '\\') {
                plain.append(character);
                continue;
            }
            index++;
            plain.append(
                    switch (field.charAt(index)) {
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case 't' -> '\t';
                        default -> field.charAt(index);
                    });
        }
        return plain.toString();
    }
}
