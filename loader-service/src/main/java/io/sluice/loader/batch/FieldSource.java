package io.sluice.loader.batch;

import io.sluice.mapping.engine.liquid.LiquidTemplate;
import io.sluice.mapping.engine.liquid.RenderException;
import io.sluice.record.Value;
import java.util.Map;

/** Where the value of one field comes from. Thread-safe. */
sealed interface FieldSource {

    /** The value for a record, before it is made to fit the field; null when the record has no such column. */
    Value of(Value[] row, String field) throws UnmappableRecordException;

    /** A column, by its place in the row. */
    record FromColumn(int position) implements FieldSource {
        @Override
        public Value of(Value[] row, String field) {
            return row[position];
        }
    }

    /** The same for every record (MAP-18). */
    record FromConstant(Value value) implements FieldSource {
        @Override
        public Value of(Value[] row, String field) {
            return value;
        }
    }

    /**
     * A template (LIQ-1).
     *
     * @param positions the places of the columns it may read
     * @param blankIsNull whether no text at all means null: a number or a date has no empty text
     */
    record FromTemplate(LiquidTemplate template, Map<String, Integer> positions, boolean blankIsNull)
            implements FieldSource {
        @Override
        public Value of(Value[] row, String field) throws UnmappableRecordException {
            try {
                Value value = template.render(positions, row);
                return blankIsNull
                                && value instanceof Value.Text text
                                && text.text().isBlank()
                        ? Value.nothing()
                        : value;
            } catch (RenderException failed) {
                throw new UnmappableRecordException("TEMPLATE_ERROR: field " + field + ": " + failed.getMessage());
            }
        }
    }
}
