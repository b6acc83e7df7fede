package io.sluice.connector.destination.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.PostgresSettings;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.SettingDescriptor;
import io.sluice.connector.settings.SettingDescriptor.Type;
import io.sluice.connector.settings.SettingsForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of one PostgreSQL destination.
 *
 * @param server where the server is and how to log in
 * @param clientConnections most connections to it at a time, 1 to 8 (DST-11)
 * @param statementTimeout longest time one statement may take; then the batch is tried again later
 * @param missingOnUpdate what becomes of an update that finds no record (BEH-15)
 */
record DestinationSettings(
        PostgresSettings server, int clientConnections, Duration statementTimeout, MissingOnUpdate missingOnUpdate) {

    /** What becomes of an update that finds no record. */
    enum MissingOnUpdate {
        /** It is rejected, and sent again in each run until the record exists. */
        REJECT,
        /** It is accepted with a note, and sent again only when it changes. */
        SKIP
    }

    static final int MOST_CLIENT_CONNECTIONS = 8;
    static final String CLIENT_CONNECTIONS = "client_connections";
    static final String STATEMENT_TIMEOUT = "statement_timeout_seconds";
    static final String MISSING_ON_UPDATE = "missing_on_update";

    static final SettingsForm FORM = form();

    static DestinationSettings from(ConnectionSettings settings) throws ConnectorException {
        return new DestinationSettings(
                PostgresSettings.from(settings),
                settings.integer(CLIENT_CONNECTIONS),
                Duration.ofSeconds(settings.integer(STATEMENT_TIMEOUT)),
                settings.text(MISSING_ON_UPDATE).equals("skip") ? MissingOnUpdate.SKIP : MissingOnUpdate.REJECT);
    }

    /** When a connection whose server says nothing is given up: later than the server itself would. */
    Duration answerTimeout() {
        return statementTimeout.plusSeconds(10);
    }

    private static SettingsForm form() {
        List<SettingDescriptor> settings =
                new ArrayList<>(PostgresSettings.form().settings());
        settings.add(SettingDescriptor.optional(
                        CLIENT_CONNECTIONS,
                        "Client connections",
                        Type.INTEGER,
                        "1",
                        "How many connections to the server are used at a time, 1 to 8. More write faster and load it "
                                + "more.")
                .withDefault("1")
                .withRange(1, MOST_CLIENT_CONNECTIONS));
        settings.add(SettingDescriptor.optional(
                        STATEMENT_TIMEOUT,
                        "Statement timeout (seconds)",
                        Type.INTEGER,
                        "300",
                        "Longest time one statement may take, waiting for locks included, before it is stopped and "
                                + "tried again later.")
                .withDefault("300")
                .withRange(1, 86_400));
        settings.add(SettingDescriptor.optional(
                        MISSING_ON_UPDATE,
                        "Update without a match",
                        Type.STRING,
                        "reject",
                        "What becomes of a record of an update sync that is not in the table: reject sends it again in "
                                + "each run until it is there, skip counts it as done.")
                .withChoices("reject", "skip")
                .withDefault("reject"));
        return new SettingsForm(settings);
    }
}
