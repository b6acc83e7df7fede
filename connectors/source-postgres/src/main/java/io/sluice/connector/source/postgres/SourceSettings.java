package io.sluice.connector.source.postgres;

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
 * The settings of one PostgreSQL source.
 *
 * @param server where the server is and how to log in
 * @param silence how long the server may say nothing during a read before it is asked whether it still works on it
 * @param bookkeepingSchema the one schema that is written (SRC-9), and never offered as a source (SRC-7)
 */
record SourceSettings(PostgresSettings server, Duration silence, String bookkeepingSchema) {
    static final String BOOKKEEPING_SCHEMA = "bookkeeping_schema";

    private static final String DEFAULT_SCHEMA = "sluice";
    private static final String SILENCE = "silence_seconds";

    static final SettingsForm FORM = form();

    static SourceSettings from(ConnectionSettings settings) throws ConnectorException {
        return new SourceSettings(
                PostgresSettings.from(settings),
                Duration.ofSeconds(settings.integer(SILENCE)),
                settings.text(BOOKKEEPING_SCHEMA));
    }

    private static SettingsForm form() {
        List<SettingDescriptor> settings =
                new ArrayList<>(PostgresSettings.form().settings());
        settings.add(SettingDescriptor.optional(
                        SILENCE,
                        "Silence (seconds)",
                        Type.INTEGER,
                        "60",
                        "How long the server may send nothing during a read before Sluice looks, over a second "
                                + "connection, whether it still works on the query. If not, the run fails.")
                .withDefault("60")
                .withRange(1, 3_600));
        settings.add(SettingDescriptor.optional(
                        BOOKKEEPING_SCHEMA,
                        "Bookkeeping schema",
                        Type.STRING,
                        DEFAULT_SCHEMA,
                        "Schema in which sync engine advanced keeps its state: the only one it writes, made when it is "
                                + "missing, and never offered as a source. Give each installation of Sluice its own.")
                .withDefault(DEFAULT_SCHEMA));
        return new SettingsForm(settings);
    }
}
