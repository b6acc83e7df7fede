package io.sluice.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void isMadeWhenMissingAndLockedWhileOpen() throws Exception {
        Path root = folder.resolve("a/b");
        try (DataDirectory first = DataDirectory.open(root)) {
            assertThat(first.root()).isDirectory();
            assertThatThrownBy(() -> DataDirectory.open(root))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("already runs on " + root)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--data");
        }
        DataDirectory.open(root).close();
    }

    @Test
    void aPlaceThatCannotBeAFolderIsToldInOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageNotContaining("\n");
    }
}
