package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorError.Fault;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.PostgresErrors;
import io.sluice.connector.jdbc.SqlNames;
import java.time.Duration;
import java.util.List;

/** The errors this connector finds by itself, besides those the database reports. */
final class SourceErrors {
    private SourceErrors() {}

    static ConnectorException objectNotFound(String schema, String name) {
        return configuration(
                PostgresErrors.OBJECT_NOT_FOUND,
                "There is no table or view " + schema + "." + name
                        + " that this user may read. Check the name, and that "
                        + "the user has USAGE on the schema and SELECT on the table.");
    }

    static ConnectorException otherDatabase(String catalog, String database) {
        return configuration(
                PostgresErrors.OBJECT_NOT_FOUND,
                "The table is said to be in database " + catalog + ", but this connection is to " + database
                        + ". Choose a table of this database, or make a connection to the other one.");
    }

    static ConnectorException columnsNotFound(List<String> missing) {
        String names = String.join(", ", missing);
        return configuration(
                PostgresErrors.COLUMN_NOT_FOUND,
                (missing.size() == 1
                                ? "A mapped source column has been deleted: "
                                : "Mapped source columns have been " + "deleted: ")
                        + names + ". Bring it back, or change the sync's mappings.");
    }

    static ConnectorException queryInvalid(String message) {
        return configuration(PostgresErrors.QUERY_INVALID, message);
    }

    static ConnectorException structuredIdentifier(String column, String type) {
        return configuration(
                "IDENTIFIER_TYPE_UNSUPPORTED",
                "Column " + column + " is of type " + type + ", which cannot identify a record. Choose a column with "
                        + "single values, such as a number, text or uuid.");
    }

    static ConnectorException unspelledIdentifier(String column, String type) {
        return configuration(
                "IDENTIFIER_TYPE_UNSUPPORTED",
                "Column " + column + " is of type " + type
                        + ", which cannot identify a record while sync engine advanced "
                        + "keeps the state. Use a query that selects it as text, or move the source to sync engine basic.");
    }

    static ConnectorException keyNameTaken(String name) {
        return configuration(
                "COMPOUND_KEY_NAME_TAKEN",
                "The source has a column " + name + ", and the compound key needs that name. Use a query that gives the"
                        + " column another name.");
    }

    static ConnectorException notPartOfAKey(String column, String type) {
        return configuration(
                "IDENTIFIER_TYPE_UNSUPPORTED",
                "Column " + column + " is of type " + type + ", which cannot be part of a compound key. Choose columns"
                        + " with single values, such as numbers, texts or dates, or use a query that selects it as text.");
    }

    static ConnectorException bookkeepingNotWritable(String schema, String user, String said) {
        return configuration(
                "BOOKKEEPING_NOT_WRITABLE",
                "Sync engine advanced keeps its state in schema " + schema + ", and cannot: " + said
                        + " Let an owner of "
                        + "the database run: create schema if not exists " + SqlNames.quote(schema) + " authorization "
                        + SqlNames.quote(user) + "; or use sync engine basic, which only reads.");
    }

    static ConnectorException bookkeepingIsNoSource(String schema) {
        return configuration(
                PostgresErrors.OBJECT_NOT_FOUND,
                "Schema " + schema + " is Sluice's own bookkeeping and cannot be synced. If it is yours, set another "
                        + SourceSettings.BOOKKEEPING_SCHEMA + " for this source.");
    }

    static ConnectorException encodingUnsupported(String encoding) {
        return configuration(
                "ENCODING_UNSUPPORTED",
                "The database's encoding is " + encoding + ": its texts have no defined characters. Move the data to a "
                        + "database with encoding UTF8.");
    }

    static ConnectorException versionUnsupported(int major) {
        return configuration(
                "SERVER_VERSION_UNSUPPORTED", "The server is PostgreSQL " + major + "; version 12 or newer is needed.");
    }

    static ConnectorException silent(Duration silence) {
        return new ConnectorException(new ConnectorError(
                PostgresErrors.CONNECTION_LOST,
                Fault.EXTERNAL,
                "The database sent nothing for " + silence.toSeconds()
                        + " s in the middle of work, and no longer works on the query or cannot be reached: the network "
                        + "between has lost the connection. Try again."));
    }

    static ConnectorException rowTooLarge() {
        return configuration(
                "ROW_TOO_LARGE", "A row is larger than 2 GiB as JSON. Map fewer or smaller columns of this source.");
    }

    private static ConnectorException configuration(String code, String message) {
        return new ConnectorException(new ConnectorError(code, Fault.CONFIGURATION, message));
    }
}
