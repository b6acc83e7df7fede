package io.sluice.connector.jdbc;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorError.Fault;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns what the driver throws into errors a person can act on, by SQLSTATE. Messages carry the server's primary
 * message only where it cannot contain a row's values, and never its detail.
 */
public final class PostgresErrors {
    public static final String HOST_UNREACHABLE = "HOST_UNREACHABLE";
    public static final String TLS_FAILED = "TLS_FAILED";
    public static final String AUTHENTICATION_FAILED = "AUTHENTICATION_FAILED";
    public static final String DATABASE_NOT_FOUND = "DATABASE_NOT_FOUND";
    public static final String PERMISSION_DENIED = "PERMISSION_DENIED";
    public static final String OBJECT_NOT_FOUND = "OBJECT_NOT_FOUND";
    public static final String COLUMN_NOT_FOUND = "COLUMN_NOT_FOUND";
    public static final String CONNECTION_LOST = "CONNECTION_LOST";
    public static final String QUERY_INVALID = "QUERY_INVALID";
    public static final String QUERY_CANCELED = "QUERY_CANCELED";
    public static final String SERVER_OVERLOADED = "SERVER_OVERLOADED";
    public static final String SERVER_UNAVAILABLE = "SERVER_UNAVAILABLE";
    public static final String TRANSACTION_CONFLICT = "TRANSACTION_CONFLICT";
    public static final String DATABASE_ERROR = "DATABASE_ERROR";

    private PostgresErrors() {}

    /** What went wrong while opening a connection. */
    public static ConnectorError connecting(SQLException failure, PostgresSettings settings) {
        String state = state(failure);
        if (hasCause(failure, SSLException.class)) {
            return configuration(
                    TLS_FAILED,
                    "The encrypted connection to " + settings.address() + " could not be set up: the server's "
                            + "certificate is not trusted or does not name this host. Give the signing authority in "
                            + PostgresSettings.SSL_ROOT_CERTIFICATE + ", or choose another "
                            + PostgresSettings.SSL_MODE + ".");
        }
        if (hasCause(failure, UnknownHostException.class)) {
            return configuration(
                    HOST_UNREACHABLE,
                    "The host name " + settings.host()
                            + " is not known. Check it for typing errors, and that it can be "
                            + "resolved from where Sluice runs.");
        }
        if (serverMessage(failure) == null
                && String.valueOf(failure.getMessage()).contains("SSL")) {
            return configuration(
                    TLS_FAILED,
                    "The server at " + settings.address() + " does not offer encrypted connections. Switch SSL on "
                            + "there, or set " + PostgresSettings.SSL_MODE + " to disable if the network is yours.");
        }
        return switch (state) {
            case "28000", "28P01", "08004" ->
                configuration(
                        AUTHENTICATION_FAILED,
                        "The server refused the login of user " + settings.user() + ": " + said(failure)
                                + ". Check user and password, and that pg_hba.conf admits this user from this "
                                + "address.");
            case "3D000" ->
                configuration(
                        DATABASE_NOT_FOUND,
                        "There is no database " + settings.database() + " on " + settings.address()
                                + ". Check the name; it is case-sensitive.");
            case "08001", "08006", "08000", "08003" ->
                new ConnectorError(
                        HOST_UNREACHABLE,
                        Fault.EXTERNAL,
                        "No connection to " + settings.address() + ": nothing answers there. Check host and port, that "
                                + "the server runs, and that firewalls let Sluice through.");
            default -> working(failure);
        };
    }

    /** What went wrong over an open connection. */
    public static ConnectorError working(SQLException failure) {
        String state = state(failure);
        return switch (state) {
            case "42501" ->
                configuration(
                        PERMISSION_DENIED, "The database refused: " + said(failure) + ". Grant the role that right.");
            case "42P01", "3F000" ->
                configuration(
                        OBJECT_NOT_FOUND,
                        "The database refused: " + said(failure) + ". Check the name, and that it was not dropped.");
            case "42703" ->
                configuration(
                        COLUMN_NOT_FOUND,
                        "The database refused: " + said(failure) + ". Check the name, and that it was not renamed.");
            case "57014" ->
                external(
                        QUERY_CANCELED,
                        "The database stopped the query: " + said(failure)
                                + ". If it has a statement_timeout for this role, raise it.");
            case "57P01", "57P02", "57P05" ->
                external(
                        CONNECTION_LOST,
                        "The database ended the connection in the middle of work: " + said(failure) + ". Try again.");
            case "57P03" ->
                external(
                        SERVER_UNAVAILABLE,
                        "The database does not take connections now: " + said(failure) + ". Try again later.");
            case "40001", "40P01", "55P03" ->
                external(
                        TRANSACTION_CONFLICT,
                        "The query lost against other work in the database: " + said(failure) + ". Try again.");
            default -> byClass(state, failure);
        };
    }

    /** What is wrong with a query that a user wrote, when the server is asked to describe it (code QUERY_INVALID). */
    public static ConnectorError describing(SQLException failure) {
        ConnectorError error = working(failure);
        return switch (error.code()) {
            case OBJECT_NOT_FOUND, COLUMN_NOT_FOUND, QUERY_INVALID, DATABASE_ERROR ->
                configuration(QUERY_INVALID, "The database does not run the query: " + said(failure) + ".");
            default -> error;
        };
    }

    private static ConnectorError byClass(String state, SQLException failure) {
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08" ->
                external(CONNECTION_LOST, "The connection to the database was lost in the middle of work. Try again.");
            case "53", "54" ->
                external(
                        SERVER_OVERLOADED,
                        "The database is out of resources: " + said(failure)
                                + ". Try again later, or raise its limits.");
            case "42", "0A", "25" ->
                configuration(QUERY_INVALID, "The database does not run the query: " + said(failure) + ".");
            // The text of a data exception quotes the offending value: the state alone says enough.
            case "22", "23", "P0" ->
                configuration(
                        QUERY_INVALID,
                        "The query fails on some row (SQLSTATE " + state
                                + "). Run it in your own client to see the row, and guard the expression.");
            default -> external(DATABASE_ERROR, "The database failed (SQLSTATE " + state + "). Try again later.");
        };
    }

    /** The SQLSTATE, or {@code 08006} for an I/O failure without one. */
    public static String state(SQLException failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "08006";
    }

    private static ConnectorError configuration(String code, String message) {
        return new ConnectorError(code, Fault.CONFIGURATION, message);
    }

    private static ConnectorError external(String code, String message) {
        return new ConnectorError(code, Fault.EXTERNAL, message);
    }

    private static String said(SQLException failure) {
        ServerErrorMessage message = serverMessage(failure);
        String text = message == null ? null : message.getMessage();
        return text == null ? "SQLSTATE " + state(failure) : text;
    }

    private static ServerErrorMessage serverMessage(SQLException failure) {
        return failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
