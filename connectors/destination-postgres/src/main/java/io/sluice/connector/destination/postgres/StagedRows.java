package io.sluice.connector.destination.postgres;

import io.sluice.record.Value;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.copy.CopyIn;

/**
 * Some rows of a group as COPY takes them: made before a connection is needed, which then does not wait for their making.
 *
 * @param text where they are written, perhaps among others; not to be cleared while these are needed
 * @param from their first byte
 * @param to the byte behind them
 * @param unfit the rows that are not among them
 */
record StagedRows(CopyText text, int from, int to, List<Unfit> unfit) {

    /**
     * A row whose value the server would take for something else; its word is known already.
     *
     * @param position where it is in the arrangement
     */
    record Unfit(int position, String reason) {}

    /** Writes rows behind what is written already. */
    static StagedRows of(Arrangement records, Arrangement.Group group, Range rows, WriteTarget target, CopyText text) {
        List<ColumnText> columns =
                target.staged(group.columns()).stream().map(ColumnText::into).toList();
        List<Unfit> unfit = new ArrayList<>();
        int from = text.size();
        for (int position = rows.from(); position < rows.to(); position++) {
            List<Value> values = records.at(position).values();
            text.begin(position);
            try {
                for (int index = 0; index < group.fields().length; index++) {
                    columns.get(index).write(values.get(group.fields()[index]), text);
                }
                text.end();
            } catch (UnfitValueException value) {
                text.forgetRow();
                unfit.add(new Unfit(position, value.getMessage()));
            }
        }
        return new StagedRows(text, from, text.size(), List.copyOf(unfit));
    }

    void sendTo(CopyIn copy) throws SQLException {
        text.send(copy, from, to);
    }
}
