package io.sluice.configdocs;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What a service sets in its {@code application.yaml} or {@code application.properties}.
 *
 * @param module the service's module
 * @param values key to value, sorted, without profiles
 */
public record ServiceDefaults(String module, SortedMap<String, String> values) {

    public ServiceDefaults {
        values = new TreeMap<>(values);
    }

    /** Reads all modules that have such a file. */
    public static List<ServiceDefaults> read(Reactor reactor) {
        List<ServiceDefaults> services = new ArrayList<>();
        for (Reactor.ModuleFolder module : reactor.modules()) {
            SortedMap<String, String> values = new TreeMap<>();
            Path resources = module.folder().resolve("src/main/resources");
            try {
                for (String name : List.of("application.yaml", "application.yml")) {
                    if (Files.exists(resources.resolve(name))) {
                        readYaml(resources.resolve(name), values);
                    }
                }
                if (Files.exists(resources.resolve("application.properties"))) {
                    readProperties(resources.resolve("application.properties"), values);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            values.keySet().removeIf(key -> key.startsWith("%"));
            if (!values.isEmpty()) {
                services.add(new ServiceDefaults(module.name(), values));
            }
        }
        return services;
    }

    private static void readYaml(Path file, Map<String, String> into) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            flatten("", new Yaml(new SafeConstructor(new LoaderOptions())).load(reader), into);
        }
    }

    private static void readProperties(Path file, Map<String, String> into) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        properties.stringPropertyNames().forEach(name -> into.put(name, properties.getProperty(name)));
    }

    private static void flatten(String prefix, Object node, Map<String, String> into) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                // Quarkus: a key "~" gives the enclosing key itself a value; dots inside a key need quotes.
                String name = key == null ? "" : quoted(key.toString());
                flatten(name.isEmpty() ? prefix : prefix.isEmpty() ? name : prefix + "." + name, value, into);
            });
        } else {
            into.put(prefix, String.valueOf(node));
        }
    }

    private static String quoted(String key) {
        return key.contains(".") && !key.startsWith("%") ? '"' + key + '"' : key;
    }
}
