package io.sluice.connector.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsFormTest {
    private static final SettingsForm FORM = SettingsForm.of(
            SettingDescriptor.required("url", "URL", SettingDescriptor.Type.URL, "", "")
                    .asSecret(),
            SettingDescriptor.optional("headers", "Headers", SettingDescriptor.Type.STRING_MAP, "", "")
                    .asSecret(),
            SettingDescriptor.optional("labels", "Labels", SettingDescriptor.Type.STRING_MAP, "", ""),
            SettingDescriptor.optional("size", "Size", SettingDescriptor.Type.INTEGER, "", "")
                    .withDefault("1")
                    .withRange(1, 1_000));

    @Test
    void aSecretMapKeepsItsEntriesAndPrintsNoneOfThem() {
        ConnectionSettings settings = valid(Map.of(
                "url", "https://example.com/t0ken",
                "headers", Map.of("Authorization", "Bearer hunter2", "X-Count", 3),
                "labels", Map.of("a", "b")));

        assertThat(settings.secretMap("headers"))
                .containsExactly(
                        Map.entry("Authorization", new Secret("Bearer hunter2")),
                        Map.entry("X-Count", new Secret("3")));
        assertThat(settings.secretMap("labels")).isEmpty();
        assertThat(settings.map("labels")).containsExactly(Map.entry("a", "b"));
        assertThat(settings.publicValues()).containsOnlyKeys("labels", "size");
        assertThat(settings.toString() + settings.secretMap("headers")).doesNotContain("hunter2", "t0ken");
    }

    @Test
    void aNumberOutOfItsRangeIsAProblemThatNamesTheRange() {
        assertThat(valid(Map.of("url", "http://h/", "size", "1000")).integer("size"))
                .isEqualTo(1_000);
        assertThat(valid(Map.of("url", "http://h/")).integer("size")).isEqualTo(1);
        for (Object wrong : List.of(0, 1_001, "many")) {
            assertThat(FORM.read(Map.of("url", "http://h/", "size", wrong)))
                    .isEqualTo(new SettingsForm.Invalid(List.of(
                            new SettingsForm.Problem("size", "Size (size) must be a whole number from 1 to 1000"))));
        }
    }

    @Test
    void everyProblemIsReportedAtOnceAndNoneRepeatsTheValue() {
        SettingsForm.Reading reading =
                FORM.read(Map.of("url", "ftp://hunter2", "headers", "hunter2", "size", "hunter2"));

        assertThat(reading).isInstanceOfSatisfying(SettingsForm.Invalid.class, invalid -> assertThat(invalid.problems())
                .extracting(SettingsForm.Problem::setting)
                .containsExactly("url", "headers", "size"));
        assertThat(reading.toString()).doesNotContain("hunter2");
    }

    private static ConnectionSettings valid(Map<String, ?> raw) {
        return FORM.read(raw) instanceof SettingsForm.Valid valid ? valid.settings() : fail(raw);
    }

    private static ConnectionSettings fail(Map<String, ?> raw) {
        throw new AssertionError("not valid: " + FORM.read(raw));
    }
}
