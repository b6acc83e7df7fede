package io.sluice.control.sync;

import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.mapping.engine.cast.FieldType;
import java.util.Optional;

/**
 * What is known of a mapped field before any record is seen (MAP-13).
 *
 * @param type its type, or that of its elements; empty when nothing says so, and values go as they are
 * @param array whether it takes a list
 */
public record PlannedField(Optional<FieldType> type, boolean array) {

    /**
     * A field the destination lists has that type; of any other the mapping says it, or nobody. A value that is looked up
     * has the type of the field it is compared with.
     */
    public static PlannedField of(DestinationObject object, String field, MappingOptions options) {
        Optional<DestinationField.Type> comparedWith = options.lookup().flatMap(asked -> object.field(field)
                .flatMap(DestinationField::lookup)
                .map(claimed -> claimed.by().get(asked.field())));
        if (comparedWith.isPresent()) {
            return new PlannedField(comparedWith.map(PlannedField::type), false);
        }
        return object.field(field)
                .map(known -> new PlannedField(Optional.of(type(known.type())), known.array()))
                .orElseGet(() ->
                        new PlannedField(options.fieldType().flatMap(FieldType::fromWireName), options.arrayField()));
    }

    private static FieldType type(DestinationField.Type type) {
        return switch (type) {
            case BOOLEAN -> FieldType.BOOLEAN;
            case DECIMAL -> FieldType.DECIMAL;
            case FLOAT -> FieldType.FLOAT;
            case INTEGER -> FieldType.INTEGER;
            case DATE -> FieldType.DATE;
            case DATE_TIME -> FieldType.DATE_TIME;
            case STRING -> FieldType.STRING;
            case OBJECT -> FieldType.OBJECT;
        };
    }

    /** Whether a template for it must yield JSON (LIQ-5). */
    public boolean takesJson() {
        return array || type.filter(FieldType.OBJECT::equals).isPresent();
    }
}
