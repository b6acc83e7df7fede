package io.sluice.control.it;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/**
 * Three lives of the application on one database and one broker. A profile of its own makes Quarkus start anew, and
 * Quarkus runs test classes in the order of their profiles' names; what one life leaves for the next is noted in a system
 * property. Run alone, the later ones have nothing to look at and say so.
 */
final class RestartLives {
    private static final String NOTES = "sluice.test.control-plane.restart";

    private RestartLives() {}

    /** An ordinary life. */
    public static class First implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.application.name", "first-life");
        }
    }

    /** Kafka cannot be reached. */
    public static class Second implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.application.name",
                    "second-life",
                    "sluice.kafka.properties.\"bootstrap.servers\"",
                    "127.0.0.1:1");
        }
    }

    /** Kafka is back. */
    public static class Third implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.application.name", "third-life");
        }
    }

    /**
     * What a life leaves for the next.
     *
     * @param authorization header of the workspace
     * @param sync a sync with a run that is half reported
     * @param run that run
     * @param otherSync another sync
     * @param otherRun its run, triggered and cancelled while Kafka was away; 0 before
     */
    record Notes(String authorization, long sync, long run, long otherSync, long otherRun) {
        void leave() {
            System.setProperty(NOTES, authorization + "|" + sync + "|" + run + "|" + otherSync + "|" + otherRun);
        }

        static Notes find() {
            String notes = System.getProperty(NOTES);
            assumeThat(notes).as("the earlier life has run in this JVM").isNotNull();
            String[] parts = notes.split("\\|");
            return new Notes(
                    parts[0],
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]));
        }
    }

    /** Unsent messages about a run or with its sync as key. */
    static int unsent(long sync, long run) {
        String[] database =
                System.getProperty("sluice.test.control-plane.database").split(" ");
        try (Connection connection = DriverManager.getConnection(database[0], database[1], database[2]);
                PreparedStatement statement = connection.prepareStatement(
                        "select count(*) from outbox where (topic = 'sluice.run-plans' and message_key = ?)"
                                + " or (topic = 'sluice.run-commands' and message_key = ?)")) {
            statement.setString(1, Long.toString(run));
            statement.setString(2, Long.toString(sync));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
