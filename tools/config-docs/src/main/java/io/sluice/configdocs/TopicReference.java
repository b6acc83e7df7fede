package io.sluice.configdocs;

import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import io.sluice.configdocs.JavaSource.TypeAt;
import io.sluice.contract.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.idl.IdlFile;
import org.apache.avro.idl.IdlReader;

/** The topic catalogue: who writes, who reads, how long it is kept, and the schema of its messages. */
final class TopicReference {
    private static final int EXAMPLE_PARTITIONS = 4;
    private static final long EXAMPLE_DESTINATION = 7;

    private TopicReference() {}

    static String markdown(Reactor reactor) {
        Path contracts = reactor.module("contracts").folder();
        Map<String, String> notes = topicNotes(contracts);
        StringBuilder page = new StringBuilder(
                """
                # Topics

                %s

                Values are Avro, written and read through the schema registry; a topic with several kinds of message has one
                envelope record with a union. "P" is `sluice.kafka.partitions` (default %d): the topics that carry
                records all have that count, so that partition p of one stage feeds partition p of the next.
                """
                        .formatted(ReferenceDocs.NOTICE, EXAMPLE_PARTITIONS));
        page.append('\n').append(Markdown.head("topic", "partitions", "kept", "from, to, key"));
        Set<Schema> schemas = new LinkedHashSet<>();
        StringBuilder details = new StringBuilder();
        for (Topics.Definition topic : definitions()) {
            String name = displayName(topic);
            page.append(Markdown.row(
                    List.of(Markdown.code(name), partitions(topic), kept(topic), notes.getOrDefault(name, ""))));
            Path idl = contracts.resolve("src/main/avro").resolve(idlName(name));
            if (Files.exists(idl)) {
                Schema schema = mainSchema(idl);
                details.append("\n## ")
                        .append(name)
                        .append("\n\nValue: `")
                        .append(schema.getName())
                        .append("`.");
                details.append(doc(schema.getDoc())).append('\n');
                collect(schema, schemas);
            }
        }
        page.append(details).append("\n# Messages\n");
        schemas.stream().sorted((a, b) -> a.getName().compareTo(b.getName())).forEach(schema -> append(schema, page));
        return page.toString();
    }

    private static List<Topics.Definition> definitions() {
        return Stream.concat(
                        Topics.all(EXAMPLE_PARTITIONS).stream(),
                        Stream.of(Topics.operationsDefinition(EXAMPLE_DESTINATION, EXAMPLE_PARTITIONS)))
                .toList();
    }

    private static String displayName(Topics.Definition topic) {
        return topic.name().equals(Topics.operations(EXAMPLE_DESTINATION))
                ? topic.name().replace("." + EXAMPLE_DESTINATION, ".<destination id>")
                : topic.name();
    }

    private static String idlName(String topic) {
        return topic.replace("sluice.", "").replace(".<destination id>", "") + ".avdl";
    }

    private static String partitions(Topics.Definition topic) {
        boolean perRecord = !topic.config().equals(Map.of())
                && Topics.all(EXAMPLE_PARTITIONS + 1).stream()
                        .filter(other -> other.name().equals(topic.name()))
                        .allMatch(other -> other.partitions() != topic.partitions());
        return perRecord ? "P" : Integer.toString(topic.partitions());
    }

    private static String kept(Topics.Definition topic) {
        if ("compact".equals(topic.config().get("cleanup.policy"))) {
            return "compacted";
        }
        Duration time = Duration.ofMillis(Long.parseLong(topic.config().get("retention.ms")));
        return time.toHours() % 24 == 0 ? time.toDays() + " d" : time.toHours() + " h";
    }

    /** Topic name to the Javadoc of its constant or method. */
    private static Map<String, String> topicNotes(Path contracts) {
        Path file = contracts.resolve("src/main/java/io/sluice/contract/Topics.java");
        JavaSource source = JavaSource.parse(List.of(file)).getFirst();
        TypeAt topics = source.types().getFirst();
        Map<String, String> notes = new LinkedHashMap<>();
        for (Tree member : topics.tree().getMembers()) {
            if (member instanceof VariableTree constant && constant.getInitializer() instanceof LiteralTree literal) {
                source.javadoc(topics, member)
                        .ifPresent(text -> notes.put(String.valueOf(literal.getValue()), Markdown.text(text)));
            }
            if (member instanceof com.sun.source.tree.MethodTree method
                    && method.getName().contentEquals("operations")) {
                source.javadoc(topics, member)
                        .ifPresent(text -> notes.put("sluice.operations.<destination id>", Markdown.text(text)));
            }
        }
        return notes;
    }

    private static Schema mainSchema(Path idl) {
        try {
            IdlFile file = new IdlReader().parse(idl);
            return file.getMainSchema();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + idl, e);
        }
    }

    private static void collect(Schema schema, Set<Schema> into) {
        switch (schema.getType()) {
            case RECORD -> {
                if (into.add(schema)) {
                    schema.getFields().forEach(field -> collect(field.schema(), into));
                }
            }
            case UNION -> schema.getTypes().forEach(type -> collect(type, into));
            case ARRAY -> collect(schema.getElementType(), into);
            case MAP -> collect(schema.getValueType(), into);
            case ENUM -> into.add(schema);
            default -> {}
        }
    }

    private static void append(Schema schema, StringBuilder page) {
        page.append("\n## ").append(schema.getName()).append('\n');
        if (schema.getDoc() != null) {
            page.append('\n').append(Markdown.text(schema.getDoc())).append('\n');
        }
        if (schema.getType() == Schema.Type.ENUM) {
            String symbols =
                    schema.getEnumSymbols().stream().map(Markdown::code).collect(Collectors.joining(", "));
            page.append("\nOne of ").append(symbols).append(".\n");
            return;
        }
        page.append('\n').append(Markdown.head("field", "type", "meaning"));
        for (Schema.Field field : schema.getFields()) {
            page.append(Markdown.row(List.of(
                    Markdown.code(field.name()),
                    type(field.schema()),
                    field.doc() == null ? "" : Markdown.text(field.doc()))));
        }
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> schema.getTypes().stream().map(TopicReference::type).collect(Collectors.joining(" or "));
            case ARRAY -> "array of " + type(schema.getElementType());
            case MAP -> "map of " + type(schema.getValueType());
            case RECORD, ENUM ->
                "[" + schema.getName() + "](#" + schema.getName().toLowerCase(java.util.Locale.ROOT) + ")";
            default ->
                schema.getLogicalType() == null
                        ? schema.getType().getName()
                        : schema.getLogicalType().getName();
        };
    }

    private static String doc(String text) {
        return text == null ? "" : " " + Markdown.text(text);
    }
}
