package io.sluice.mapping.engine.liquid;

import io.sluice.mapping.engine.json.ColumnReader;
import io.sluice.record.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders templates in tests. */
final class Rendering {
    private Rendering() {}

    static Value render(String template, boolean jsonMode, List<String> columns, String payload) throws Exception {
        Value[] row = new Value[columns.size()];
        ColumnReader.of(columns).read(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), row);
        Map<String, Integer> positions = new LinkedHashMap<>();
        columns.forEach(column -> positions.put(column, positions.size()));
        return LiquidTemplate.compile(template, jsonMode).render(positions, row);
    }
}
