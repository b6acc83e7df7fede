package io.sluice.connector.destination.postgres;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorError.Fault;
import io.sluice.connector.jdbc.PostgresErrors;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a failed statement means for the batch, by SQLSTATE. */
sealed interface Failure {

    /**
     * Some record is bad.
     *
     * @param reason the server's own text (RTY-6)
     * @param line which line of a COPY it was, from 1; 0 when the server does not say
     */
    record BadRecord(String reason, int line) implements Failure {}

    /** Other work in the database was in the way; the same batch may pass next time. */
    record Busy(String reason) implements Failure {}

    /** The connection or the server is gone for now. */
    record Away(ConnectorError error) implements Failure {}

    /** No record can be written: a right, a table or a column is missing. */
    record Broken(ConnectorError error) implements Failure {}

    /** COPY says only in the error's context, and in the server's language, which value it could not read. */
    Pattern COPY_CONTEXT = Pattern.compile("(?m)^COPY [^,]+, line (\\d+)(?:, column ([^:\\n]+))?");

    /** The routine of the server that checks row security; its SQLSTATE is that of a missing right. */
    String ROW_SECURITY_CHECK = "ExecWithCheckOptions";

    static Failure of(SQLException failure) {
        ServerErrorMessage said = failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String state = PostgresErrors.state(failure);
        return switch (state) {
            case "40001", "40P01", "55P03", "57014", "72000" -> new Busy(reason(said, failure));
            case "42501" ->
                said != null && ROW_SECURITY_CHECK.equals(said.getRoutine())
                        ? bad(said)
                        : new Broken(PostgresErrors.working(failure));
            default -> byClass(state, said, failure);
        };
    }

    private static Failure byClass(String state, ServerErrorMessage said, SQLException failure) {
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08", "53", "57", "58" -> new Away(PostgresErrors.working(failure));
            case "0A", "25", "26", "28", "34", "3D", "3F", "42", "55", "F0" ->
                new Broken(PostgresErrors.working(failure));
            default -> {
                if (state.equals("XX001") || state.equals("XX002")) {
                    yield new Broken(new ConnectorError(
                            PostgresErrors.DATABASE_ERROR,
                            Fault.EXTERNAL,
                            "The database reports that its data are corrupted (SQLSTATE " + state
                                    + "). See the server's log."));
                }
                // Data exceptions, violated constraints, limits, and whatever a trigger raises with a state of its own.
                yield said == null ? new Away(PostgresErrors.working(failure)) : bad(said);
            }
        };
    }

    private static BadRecord bad(ServerErrorMessage said) {
        String where = said.getWhere() == null ? "" : said.getWhere();
        Matcher context = COPY_CONTEXT.matcher(where);
        boolean copying = context.find();
        StringBuilder reason = new StringBuilder(String.valueOf(said.getMessage()));
        if (copying && context.group(2) != null) {
            reason.append(" (column ").append(context.group(2)).append(')');
        }
        if (said.getDetail() != null) {
            reason.append(" DETAIL: ").append(said.getDetail());
        }
        return new BadRecord(reason.toString(), copying ? line(context.group(1)) : 0);
    }

    private static int line(String digits) {
        return digits.length() < 9 ? Integer.parseInt(digits) : 0;
    }

    private static String reason(ServerErrorMessage said, SQLException failure) {
        return said == null || said.getMessage() == null
                ? "SQLSTATE " + PostgresErrors.state(failure)
                : said.getMessage();
    }
}
