package io.sluice.connector;

import io.sluice.connector.settings.SettingsForm;
import java.util.Objects;

/**
 * A connector described as data, so that a form, {@code /source_types} and {@code /connectors} can be drawn from it.
 *
 * @param type stable service name of the API, lower snake case, for example {@code postgres}
 * @param label name shown to people, for example {@code PostgreSQL}
 * @param documentationSlug page of the documentation, relative to {@code docs/connectors/}
 * @param settings the settings of a connection, in the order a form shows them
 */
public record ConnectorDescriptor(String type, String label, String documentationSlug, SettingsForm settings) {
    public ConnectorDescriptor {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(documentationSlug, "documentationSlug");
        Objects.requireNonNull(settings, "settings");
        if (!type.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("connector type must be lower snake case: " + type);
        }
    }
}
