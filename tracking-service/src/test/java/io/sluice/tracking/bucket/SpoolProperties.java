package io.sluice.tracking.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bucket.StorageException;
import io.sluice.tracking.MemoryStorage;
import io.sluice.tracking.run.RunFolder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever a customer's bucket, the platform's storage and the replicas do in whatever order: a file that was promised and
 * written again until it was written is in its bucket once with its one content, the spool is empty in the end, and the last
 * word about the run is that nothing waits.
 */
class SpoolProperties {
    private static final long BUCKET = 7;

    /** What happens next. */
    enum Step {
        WRITE,
        /** A file that was written before is written again, as a redo or a replica that lost its partition does. */
        WRITE_AGAIN,
        BUCKET_DOWN,
        BUCKET_UP,
        BUCKET_LOSES_ANSWERS,
        PLATFORM_DOWN,
        PLATFORM_UP,
        UPLOAD,
        OTHER_REPLICA,
        LIST
    }

    @Property(tries = 2000)
    void everyFileArrivesOnceAndNothingIsLeft(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 5) int seed) throws Exception {
        World world = new World();
        for (Step step : steps) {
            world.take(step, seed);
        }
        world.settle();

        assertThat(world.bucket.objects()).isEqualTo(world.written);
        assertThat(world.platform.objects()).isEmpty();
        assertThat(world.delayed).doesNotContainValue(true);
        assertThat(world.troubles.all()).isEmpty();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.of(Step.values()).list().ofMaxSize(40);
    }

    private static final class World {
        private final MemoryStorage platform = new MemoryStorage();
        private final MemoryStorage bucket = new MemoryStorage();
        private final Map<String, ByteBuffer> written = new HashMap<>();
        private final Map<Long, Boolean> delayed = new HashMap<>();
        private final Spool spool = new Spool(platform);
        private BucketTroubles troubles = new BucketTroubles(Clock.systemUTC());
        private DelayedRuns delays = new DelayedRuns(spool, this::tell);
        private int number;

        void take(Step step, int seed) throws StorageException {
            switch (step) {
                case WRITE -> write(number++);
                case WRITE_AGAIN -> {
                    if (number > 0) {
                        write(seed * 7 % number);
                    }
                }
                case BUCKET_DOWN -> bucket.down(true);
                case BUCKET_LOSES_ANSWERS -> bucket.loseAnswers(true);
                case BUCKET_UP -> {
                    bucket.down(false);
                    bucket.loseAnswers(false);
                }
                case PLATFORM_DOWN -> platform.down(true);
                case PLATFORM_UP -> platform.down(false);
                case UPLOAD -> upload();
                // it knows nothing of the troubles of the one before
                case OTHER_REPLICA -> {
                    troubles = new BucketTroubles(Clock.systemUTC());
                    delays = new DelayedRuns(spool, this::tell);
                }
                case LIST -> list();
            }
        }

        private CustomerStore store() {
            return new CustomerStore(BUCKET, bucket, spool, troubles, delays);
        }

        private synchronized void tell(long run, boolean waits) {
            delayed.put(run, waits);
        }

        private static RunFolder folder(int file) {
            return new RunFolder(1, 2, 3 + file % 3);
        }

        /** One try, as a cut makes it; when it fails the cut stays unfinished and {@link #settle} makes it again. */
        private void write(int file) {
            RunFolder folder = folder(file);
            boolean metadata = file % 4 == 0;
            String key = metadata ? folder.metadataKey() : folder.prefix() + "records_updated." + file + ".parquet";
            ByteBuffer content = ByteBuffer.wrap((metadata ? folder.toString() : key).getBytes(StandardCharsets.UTF_8));
            written.put(key, content);
            try {
                if (metadata) {
                    store().putOnce(folder, key, content);
                } else {
                    store().put(folder, key, content);
                }
            } catch (StorageException unfinished) {
                assertThat(unfinished.problem()).isNotNull();
            }
        }

        private void list() {
            try {
                assertThat(store().keys(folder(0)).known()).allMatch(written::containsKey);
            } catch (StorageException platformDown) {
                assertThat(platformDown.problem()).isNotNull();
            }
        }

        private void upload() {
            try {
                new Uploader(spool, platform, bucketId -> Optional.of(bucket), troubles, delays).pass();
            } catch (StorageException platformDown) {
                assertThat(platformDown.problem()).isNotNull();
            }
        }

        /** Everything works again: what was not finished is made once more, and the uploader has its turn. */
        void settle() throws StorageException {
            platform.down(false);
            bucket.down(false);
            bucket.loseAnswers(false);
            for (int file = 0; file < number; file++) {
                write(file);
            }
            upload();
        }
    }
}
