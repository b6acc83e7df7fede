package io.sluice.tracking.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.tracking.ledger.FileSequence;
import io.sluice.tracking.row.BatchType;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileNumbersTest {
    private static final RunFolder FOLDER = new RunFolder(1, 2, 3);

    @Test
    void keysAreThoseOfTheSeed() {
        assertThat(FOLDER.fileKey(BatchType.RECORDS_UPDATED, 0))
                .isEqualTo("sync_tracking_datasets/1/2/3/records_updated.0.parquet");
        assertThat(FOLDER.metadataKey()).isEqualTo("sync_tracking_datasets/1/2/3/metadata.json");
    }

    @Test
    void partitionsNeverShareANumberAndTheFirstIsZero() {
        Set<Long> numbers = new HashSet<>();
        for (int partition = 0; partition < 4; partition++) {
            for (int sequence = 0; sequence < 100; sequence++) {
                assertThat(numbers.add(new FileNumbers(partition, 4).number(sequence)))
                        .isTrue();
            }
        }
        assertThat(numbers).contains(0L).hasSize(400);
    }

    @Test
    void onlyThePartitionsOwnFilesCountForWhatFollows() {
        List<String> keys = List.of(
                FOLDER.metadataKey(),
                FOLDER.fileKey(BatchType.RECORDS_UPDATED, 1),
                FOLDER.fileKey(BatchType.RECORDS_UPDATED, 9),
                FOLDER.fileKey(BatchType.RECORDS_UPDATED, 12),
                FOLDER.fileKey(BatchType.RECORDS_INVALID, 5),
                FOLDER.prefix() + "records_deleted.copy.parquet",
                FOLDER.prefix() + "records_deleted.1.parquet.bak");

        assertThat(new FileNumbers(1, 4).following(FOLDER, keys)).isEqualTo(new FileSequence(3, 0, 2, 0));
        assertThat(new FileNumbers(2, 4).following(FOLDER, keys)).isEqualTo(FileSequence.START);
    }

    @Test
    void aPartitionBeyondTheCountIsAMistake() {
        assertThatThrownBy(() -> new FileNumbers(4, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whereAFolderCannotBeListedNumbersBeginBeyondEverythingThereCanBe() {
        Instant now = Instant.parse("2026-11-30T12:00:00Z");
        FileSequence listed = new FileSequence(40, 0, 7, 0);

        FileSequence first = FileNumbers.beyond(listed, now);
        FileSequence later = FileNumbers.beyond(first, now.plusSeconds(1));
        FileSequence sameMoment = FileNumbers.beyond(first, now);

        assertThat(first.updated()).isGreaterThan(100_000_000).isEqualTo(first.deleted());
        assertThat(later.updated()).isEqualTo(first.updated() + 4);
        assertThat(sameMoment).isEqualTo(first);
        assertThat(FileNumbers.beyond(FileSequence.START, Instant.parse("2040-01-01T00:00:00Z"))
                        .invalid())
                .isPositive();
    }
}
