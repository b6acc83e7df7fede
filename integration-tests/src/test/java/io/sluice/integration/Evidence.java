package io.sluice.integration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What the stack looks like when a wait was in vain: which consumers are behind and what the services said last. A hang
 * that happens once in fifty runs, on a machine that is gone afterwards, can only be understood from its failure message.
 */
final class Evidence {
    private static final int LINES_PER_LOG = 8;
    private static final int LINE_LENGTH = 400;
    private static final int KAFKA_SECONDS = 20;

    private Evidence() {}

    /** A text for a failure message; never throws. */
    static String ofStack() {
        return "consumers that are behind: " + lags() + "\n" + lastWords();
    }

    private static String lags() {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:" + port()))) {
            Map<String, String> behind = new TreeMap<>();
            for (GroupListing group : admin.listGroups().all().get(KAFKA_SECONDS, TimeUnit.SECONDS)) {
                Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group.groupId())
                        .partitionsToOffsetAndMetadata()
                        .get(KAFKA_SECONDS, TimeUnit.SECONDS);
                Map<TopicPartition, OffsetSpec> asked =
                        read.keySet().stream().collect(Collectors.toMap(at -> at, at -> OffsetSpec.latest()));
                admin.listOffsets(asked)
                        .all()
                        .get(KAFKA_SECONDS, TimeUnit.SECONDS)
                        .forEach((at, end) -> {
                            if (read.get(at) != null
                                    && end.offset() > read.get(at).offset()) {
                                String places = read.get(at).offset() + " of " + end.offset();
                                behind.put(group.groupId() + " " + at, places);
                            }
                        });
            }
            return behind.toString();
        } catch (ExecutionException | TimeoutException | IOException notToBeHad) {
            return "Kafka does not say (" + notToBeHad + ")";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "not asked";
        }
    }

    private static String port() throws IOException {
        Properties ports = new Properties();
        Path file = StackUnderTest.stack().data().run().resolve("ports.properties");
        try (InputStream in = Files.newInputStream(file)) {
            ports.load(in);
        }
        return ports.getProperty("kafka");
    }

    private static String lastWords() {
        List<String> words = new ArrayList<>();
        try (Stream<Path> logs = Files.list(StackUnderTest.stack().data().logs())) {
            for (Path log : logs.sorted().toList()) {
                words.add("last of " + log.getFileName() + ":\n" + tail(log));
            }
        } catch (IOException notToBeHad) {
            words.add("no logs: " + notToBeHad);
        }
        return String.join("\n", words);
    }

    private static String tail(Path log) throws IOException {
        Deque<String> last = new ArrayDeque<>();
        try (Stream<String> lines = Files.lines(log)) {
            lines.filter(line -> !line.isBlank() && !line.startsWith("\tat ")).forEach(line -> {
                last.addLast("  " + line.substring(0, Math.min(line.length(), LINE_LENGTH)));
                if (last.size() > LINES_PER_LOG) {
                    last.removeFirst();
                }
            });
        }
        return String.join("\n", last);
    }
}
