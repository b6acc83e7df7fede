package io.sluice.loader.batch;

import io.sluice.contract.FromColumn;
import io.sluice.contract.FromConstant;
import io.sluice.contract.FromSyncMetadata;
import io.sluice.contract.FromTemplate;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.PlannedMapping;
import io.sluice.contract.RunPlan;
import io.sluice.mapping.engine.cast.Cast;
import io.sluice.mapping.engine.cast.Cast.Origin;
import io.sluice.mapping.engine.cast.FieldType;
import io.sluice.mapping.engine.json.JsonText;
import io.sluice.mapping.engine.json.MalformedJsonException;
import io.sluice.mapping.engine.liquid.LiquidTemplate;
import io.sluice.mapping.engine.liquid.TemplateException;
import io.sluice.record.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a run's mappings ready for many records: templates parsed, casts planned, columns numbered. Not thread-safe. */
final class MappingCompiler {
    private final RunPlan plan;
    private final Map<String, String> jsonTypes = new LinkedHashMap<>();
    private final Map<Integer, LiquidTemplate> templates = new LinkedHashMap<>();
    private final List<String> columns;

    MappingCompiler(RunPlan plan) throws MappingException {
        this.plan = plan;
        for (PlannedColumn column : plan.getColumns()) {
            jsonTypes.put(column.getName(), column.getJsonType());
        }
        Set<String> wanted = new LinkedHashSet<>();
        for (int i = 0; i < plan.getMappings().size(); i++) {
            collect(i, plan.getMappings().get(i), wanted);
        }
        columns = wanted.stream().sorted().toList();
    }

    private void collect(int index, PlannedMapping mapping, Set<String> wanted) throws MappingException {
        if (mapping.getSource() instanceof FromColumn column) {
            wanted.add(column.getColumn());
        } else if (mapping.getSource() instanceof FromTemplate from) {
            LiquidTemplate template = compiled(from, mapping.getField());
            templates.put(index, template);
            wanted.addAll(
                    template.columns().wholeRecord()
                            ? jsonTypes.keySet()
                            : template.columns().names());
        }
    }

    private static LiquidTemplate compiled(FromTemplate from, String field) throws MappingException {
        try {
            return LiquidTemplate.compile(from.getTemplate(), from.getJsonMode());
        } catch (TemplateException invalid) {
            throw new MappingException("the template of field " + field + " is invalid: " + invalid.getMessage());
        }
    }

    /** The columns that are read, in alphabetical order. */
    List<String> columns() {
        return columns;
    }

    /** Where the value of a mapping comes from. */
    FieldSource source(int index) throws MappingException {
        PlannedMapping mapping = plan.getMappings().get(index);
        return switch (mapping.getSource()) {
            case FromColumn column -> new FieldSource.FromColumn(columns.indexOf(column.getColumn()));
            case FromConstant constant -> new FieldSource.FromConstant(parsed(constant, mapping.getField()));
            case FromSyncMetadata metadata -> new FieldSource.FromConstant(fact(metadata.getKey()));
            case FromTemplate _ -> template(templates.get(index), mapping);
            default ->
                throw new MappingException(
                        "the mapping of field " + mapping.getField() + " is of a kind this loader does not know");
        };
    }

    private FieldSource template(LiquidTemplate template, PlannedMapping mapping) throws MappingException {
        boolean typed = type(mapping).filter(type -> type != FieldType.STRING).isPresent();
        Map<String, Integer> positions = new LinkedHashMap<>();
        columns.stream()
                .filter(name -> template.columns().wholeRecord()
                        || template.columns().names().contains(name))
                .forEach(name -> positions.put(name, columns.indexOf(name)));
        return new FieldSource.FromTemplate(template, positions, typed);
    }

    /** How the value of a mapping is made to fit its field; empty when it is sent as it is. */
    Optional<Cast> cast(int index) throws MappingException {
        PlannedMapping mapping = plan.getMappings().get(index);
        boolean array = mapping.getArrayField();
        Optional<FieldType> type = type(mapping);
        return type.isEmpty() && !array
                ? Optional.empty()
                : Optional.of(Cast.to(mapping.getField(), type.orElse(FieldType.STRING), array, origin(mapping)));
    }

    private static Optional<FieldType> type(PlannedMapping mapping) throws MappingException {
        if (mapping.getFieldType() == null) {
            return Optional.empty();
        }
        Optional<FieldType> type = FieldType.fromWireName(mapping.getFieldType());
        if (type.isEmpty()) {
            throw new MappingException(
                    "field " + mapping.getField() + " is of the unknown type " + mapping.getFieldType());
        }
        return type;
    }

    /** A text in a JSON column, or out of a template that yields JSON, is a JSON string; any other may be JSON as text. */
    private Origin origin(PlannedMapping mapping) {
        boolean json =
                switch (mapping.getSource()) {
                    case FromColumn column -> {
                        String type = jsonTypes.getOrDefault(column.getColumn(), "string");
                        yield type.equals("object") || type.equals("array");
                    }
                    case FromTemplate template -> template.getJsonMode();
                    default -> false;
                };
        return json ? Origin.JSON : Origin.TEXT;
    }

    private static Value parsed(FromConstant constant, String field) throws MappingException {
        try {
            return JsonText.read(constant.getJson());
        } catch (MalformedJsonException notJson) {
            throw new MappingException("the constant of field " + field + " is not JSON");
        }
    }

    private Value fact(String key) throws MappingException {
        return switch (key) {
            case "sync_run_id" -> number(plan.getSyncRunId());
            case "sync_id" -> number(plan.getSyncId());
            case "workspace_id" -> number(plan.getWorkspaceId());
            case "sync_run_started_at" -> new Value.Text(plan.getStartedAt().toString());
            default -> throw new MappingException("sync metadata has no key " + key);
        };
    }

    private static Value number(long number) {
        return new Value.Number(Long.toString(number));
    }
}
