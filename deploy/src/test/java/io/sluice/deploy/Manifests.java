package io.sluice.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The chart rendered with some values, as typed objects.
 *
 * @param all every object, in the order of the chart
 */
record Manifests(List<HasMetadata> all) {
    /** What the rendering pretends to be for; the library would say 1.20. */
    private static final String KUBERNETES = "1.32.0";

    /** Costs a second to make: it reads the list of all types. */
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private static final Pattern DOCUMENT = Pattern.compile("(?m)^---\\s*$");

    Manifests {
        all = List.copyOf(all);
    }

    /** Renders the chart with its defaults and then these files of values, as release "r". */
    static Manifests render(Path chart, Path... values) {
        TemplateCommand template =
                new Helm(chart).template().withName("r").withNamespace("data").withKubeVersion(KUBERNETES);
        for (Path file : values) {
            template.withValuesFile(file);
        }
        return parse(template.call());
    }

    /** Renders the chart with one value set. */
    static Manifests render(Path chart, String key, Object value) {
        return parse(new Helm(chart)
                .template()
                .withName("r")
                .withKubeVersion(KUBERNETES)
                .set(key, value)
                .call());
    }

    private static Manifests parse(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<HasMetadata> objects = new ArrayList<>();
        for (String document : DOCUMENT.split(text)) {
            Object raw = new Yaml(new SafeConstructor(options)).load(document);
            if (raw != null) {
                objects.add((HasMetadata) SERIALIZATION.unmarshal(document, KubernetesResource.class));
            }
        }
        return new Manifests(objects);
    }

    /** Objects of a type. */
    <T extends HasMetadata> List<T> of(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Objects that the model has no type for, KEDA's for example. */
    List<GenericKubernetesResource> untyped() {
        return of(GenericKubernetesResource.class);
    }

    /** The object of a type with a name. */
    <T extends HasMetadata> T named(Class<T> type, String name) {
        return find(type, name).orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
    }

    /** The object of a type with a name, if there is one. */
    <T extends HasMetadata> Optional<T> find(Class<T> type, String name) {
        return of(type).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** Pods of all workloads, by the workload's name. */
    Map<String, PodTemplateSpec> pods() {
        Map<String, PodTemplateSpec> pods = new LinkedHashMap<>();
        of(Deployment.class)
                .forEach(object -> pods.put(
                        object.getMetadata().getName(), object.getSpec().getTemplate()));
        of(StatefulSet.class)
                .forEach(object -> pods.put(
                        object.getMetadata().getName(), object.getSpec().getTemplate()));
        return pods;
    }

    /** The one container of a workload. */
    Container container(String workload) {
        return pods().get(workload).getSpec().getContainers().getFirst();
    }

    /** One variable of a workload's container. */
    Optional<EnvVar> variable(String workload, String name) {
        return container(workload).getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .findFirst();
    }
}
