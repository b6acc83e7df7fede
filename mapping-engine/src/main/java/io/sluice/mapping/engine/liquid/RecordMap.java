package io.sluice.mapping.engine.liquid;

import io.sluice.record.Value;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A record as templates see it: its columns by exact name, each made into a template's value when it is asked for. */
final class RecordMap extends AbstractMap<String, Object> {
    private final Map<String, Integer> positions;
    private final Value[] row;

    RecordMap(Map<String, Integer> positions, Value[] row) {
        this.positions = positions;
        this.row = row;
    }

    @Override
    public boolean containsKey(Object column) {
        return positions.containsKey(column);
    }

    @Override
    public Object get(Object column) {
        Integer position = positions.get(column);
        return position == null ? null : LiquidValues.of(row[position]);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> all = new LinkedHashMap<>();
        positions.forEach((column, position) -> all.put(column, LiquidValues.of(row[position])));
        return all.entrySet();
    }
}
