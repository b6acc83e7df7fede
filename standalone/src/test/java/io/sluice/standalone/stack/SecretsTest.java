package io.sluice.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void areMadeOnceAndKeptForTheirOwnerAlone() throws Exception {
        Path file = folder.resolve("secrets");
        Secrets made = Secrets.loadOrCreate(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(made.apiKey()).matches("secret-token:[A-Za-z0-9]{24}");
        assertThat(Base64.getDecoder().decode(made.settingsKey())).hasSize(32);

        Secrets again = Secrets.loadOrCreate(file);

        assertThat(again.apiKey()).isEqualTo(made.apiKey());
        assertThat(again.settingsKey()).isEqualTo(made.settingsKey());
        assertThat(again.postgresPassword()).isEqualTo(made.postgresPassword()).isNotEqualTo(made.registryPassword());
        assertThat(made.toString()).doesNotContain(made.apiKey());
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aFileOfAnOlderSluiceGetsWhatItLacks() throws Exception {
        Path file = folder.resolve("secrets");
        Files.writeString(file, "api-key=secret-token\\:old\n");
        assertThat(Secrets.loadOrCreate(file).apiKey()).isEqualTo("secret-token:old");
        assertThat(Secrets.loadOrCreate(file).demoPassword()).hasSize(32);
    }

    @Test
    void differentFoldersHaveDifferentSecrets() {
        assertThat(Secrets.loadOrCreate(folder.resolve("a")).apiKey())
                .isNotEqualTo(Secrets.loadOrCreate(folder.resolve("b")).apiKey());
    }
}
