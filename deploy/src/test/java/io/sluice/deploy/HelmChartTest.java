package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The Helm chart: linted, rendered with every set of values, and its objects typed and looked at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HelmChartTest {
    private static final DeployFiles FILES = new DeployFiles();
    private static final Path CHART = FILES.chart();

    /** By the name of the file of values; each is rendered once. */
    private final Map<String, Manifests> renderings = new LinkedHashMap<>();

    private final Manifests defaults = render("defaults");
    private final Manifests lanes = render("lanes-values.yaml", CHART.resolve("ci/lanes-values.yaml"));
    private final Manifests edge = render("edge-values.yaml", CHART.resolve("ci/edge-values.yaml"));

    @TempDir
    Path temporary;

    @Test
    void lintsStrictly() {
        LintResult result = new Helm(CHART).lint().strict().call();
        assertThat(result.isFailed())
                .as(String.join("\n", result.getMessages()))
                .isFalse();
    }

    @Test
    void theWalkerSeesUnknownFields() {
        StatefulSet wrong = new io.fabric8.kubernetes.client.utils.KubernetesSerialization()
                .unmarshal(
                        """
                        apiVersion: apps/v1
                        kind: StatefulSet
                        metadata: { name: x }
                        spec:
                          replicaz: 1
                          template: { spec: { containers: [ { name: x, resource: {} } ] } }
                        """,
                        StatefulSet.class);
        assertThat(UnknownFields.in(wrong))
                .containsExactlyInAnyOrder(".spec.replicaz", ".spec.template.spec.containers[0].resource");
    }

    @TestFactory
    Stream<DynamicTest> everyObjectIsOfAKnownShape() {
        return everyRendering().flatMap(rendering -> rendering.getValue().all().stream()
                .map(object -> DynamicTest.dynamicTest(rendering.getKey() + " " + name(object), () -> {
                    assertThat(UnknownFields.in(object)).isEmpty();
                    assertThat(object.getMetadata().getName()).matches("[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?");
                })));
    }

    @TestFactory
    Stream<DynamicTest> everyPodIsWithoutRightsAndWatched() {
        return everyRendering().flatMap(rendering -> rendering.getValue().pods().entrySet().stream()
                .map(pod -> DynamicTest.dynamicTest(rendering.getKey() + " " + pod.getKey(), () -> {
                    PodSpec spec = pod.getValue().getSpec();
                    assertThat(spec.getAutomountServiceAccountToken()).isFalse();
                    assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
                    assertThat(spec.getSecurityContext().getRunAsUser()).isEqualTo(10001L);
                    assertThat(spec.getSecurityContext().getSeccompProfile().getType())
                            .isEqualTo("RuntimeDefault");
                    Container container = spec.getContainers().getFirst();
                    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                            .isTrue();
                    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                            .isFalse();
                    assertThat(container.getSecurityContext().getCapabilities().getDrop())
                            .containsExactly("ALL");
                    assertThat(container.getResources().getLimits()).containsKey("memory");
                    assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
                    assertThat(container.getStartupProbe().getHttpGet().getPath())
                            .isEqualTo("/q/health/started");
                    assertThat(container.getLivenessProbe().getHttpGet().getPath())
                            .isEqualTo("/q/health/live");
                    assertThat(container.getReadinessProbe().getHttpGet().getPath())
                            .isEqualTo("/q/health/ready");
                    assertMountsHaveVolumes(rendering.getValue(), pod.getKey(), spec);
                })));
    }

    @TestFactory
    Stream<DynamicTest> everyVariableIsARealSettingSaidOnce() {
        KnownSettings known = new KnownSettings(FILES.reactor());
        return everyRendering().flatMap(rendering -> rendering.getValue().pods().keySet().stream()
                .map(pod -> DynamicTest.dynamicTest(rendering.getKey() + " " + pod, () -> {
                    List<String> names = rendering.getValue().container(pod).getEnv().stream()
                            .map(EnvVar::getName)
                            .toList();
                    assertThat(names).doesNotHaveDuplicates();
                    assertThat(names.stream().filter(name -> name.startsWith("SLUICE_") || name.startsWith("QUARKUS_")))
                            .allMatch(known::knows);
                })));
    }

    @Test
    void everyServiceIsDeployedWithItsImageAndPort() {
        Set<String> images = defaults.pods().keySet().stream()
                .map(pod -> defaults.container(pod).getImage())
                .collect(Collectors.toSet());
        assertThat(images)
                .isEqualTo(FILES.serviceModules().stream()
                        .map(module -> "sluice/" + module + ":0.1.0")
                        .collect(Collectors.toSet()));
        defaults.pods().keySet().forEach(pod -> {
            Container container = defaults.container(pod);
            String module = container.getImage().replaceAll(".*/|:.*", "");
            assertThat(container.getPorts().getFirst().getContainerPort())
                    .as(pod)
                    .isEqualTo(Integer.parseInt(FILES.port(module)));
        });
    }

    @Test
    void kafkaKnowsAWorkerByItsPodsNameAndTheControlPlaneByAFixedOne() {
        assertThat(defaults.of(StatefulSet.class)).hasSize(4).allSatisfy(worker -> assertThat(
                        defaults.variable(worker.getMetadata().getName(), "SLUICE_KAFKA_INSTANCE_ID"))
                .hasValueSatisfying(variable -> assertThat(
                                variable.getValueFrom().getFieldRef().getFieldPath())
                        .isEqualTo("metadata.name")));
        assertThat(defaults.variable("r-sluice-control-plane", "SLUICE_KAFKA_INSTANCE_ID"))
                .hasValueSatisfying(variable -> assertThat(variable.getValue()).isEqualTo("control-plane"));
        Deployment controlPlane = defaults.named(Deployment.class, "r-sluice-control-plane");
        assertThat(controlPlane.getSpec().getReplicas()).isEqualTo(1);
        assertThat(controlPlane.getSpec().getStrategy().getType()).isEqualTo("Recreate");
    }

    @Test
    void configurationReachesEveryServiceAsProperties() {
        String properties = lanes.named(ConfigMap.class, "r-sluice").getData().get("application.properties");
        assertThat(properties.lines().filter(line -> !line.startsWith("#")))
                .containsExactlyInAnyOrder(
                        "sluice.kafka.properties.\"security.protocol\"=SASL_SSL",
                        "sluice.kafka.properties.\"sasl.mechanism\"=SCRAM-SHA-512",
                        "sluice.kafka.properties.\"sasl.jaas.config\"=${KAFKA_JAAS}",
                        "sluice.loader.stretch-bytes=33554432",
                        "quarkus.log.console.json.enabled=false",
                        "quarkus.log.level=INFO");
        lanes.pods().values().forEach(pod -> assertThat(
                        pod.getSpec().getContainers().getFirst().getVolumeMounts())
                .anySatisfy(mount -> {
                    assertThat(mount.getMountPath()).isEqualTo("/opt/sluice/config");
                    assertThat(mount.getName()).isEqualTo("config");
                }));
    }

    @Test
    void secretsAreReferencesAndReachOnlyWhoNeedsThem() {
        assertThat(defaults.all()).noneMatch(object -> object.getKind().equals("Secret"));
        for (String pod : lanes.pods().keySet()) {
            boolean needsKey = pod.matches(".*-(control-plane|extractor|tracking|loader-.*)");
            assertThat(lanes.variable(pod, "SLUICE_SECRET_KEY").isPresent())
                    .as(pod)
                    .isEqualTo(needsKey);
            boolean isControlPlane = pod.endsWith("control-plane");
            for (String name : List.of(
                    "SLUICE_BOOTSTRAP_API_KEY", "SLUICE_BOOTSTRAP_ADMIN_TOKEN", "QUARKUS_DATASOURCE_PASSWORD")) {
                assertThat(lanes.variable(pod, name).isPresent())
                        .as(pod + " " + name)
                        .isEqualTo(isControlPlane);
            }
            lanes.container(pod).getEnv().stream()
                    .filter(variable -> variable.getName().matches(".*(_KEY|PASSWORD|TOKEN|JAAS)"))
                    .forEach(variable -> assertThat(
                                    variable.getValueFrom().getSecretKeyRef().getName())
                            .isNotBlank());
        }
        assertThat(defaults.variable("r-sluice-control-plane", "SLUICE_BOOTSTRAP_API_KEY"))
                .isEmpty();
    }

    @Test
    void everyRequiredSettingIsGivenToSomebody() {
        Set<String> given = defaults.pods().keySet().stream()
                .flatMap(pod -> defaults.container(pod).getEnv().stream())
                .map(EnvVar::getName)
                .collect(Collectors.toSet());
        assertThat(given).containsAll(KnownSettings.required(FILES.reactor()));
    }

    @Test
    void everyLaneIsAWorkloadWithItsOwnDestinations() {
        assertThat(lanes.of(StatefulSet.class).stream()
                        .map(worker -> worker.getMetadata().getName())
                        .filter(name -> name.contains("-loader-")))
                .containsExactly("r-sluice-loader-small", "r-sluice-loader-databases", "r-sluice-loader-crm");
        assertThat(destinations("small")).isEqualTo("*");
        assertThat(destinations("databases")).isEqualTo("postgres");
        assertThat(destinations("crm")).isEqualTo("42,1000043");
        StatefulSet databases = lanes.named(StatefulSet.class, "r-sluice-loader-databases");
        assertThat(databases.getSpec().getReplicas()).isEqualTo(3);
        assertThat(databases.getSpec().getSelector().getMatchLabels()).containsEntry("sluice.io/lane", "databases");
        assertThat(lanes.container("r-sluice-loader-databases")
                        .getResources()
                        .getLimits()
                        .get("memory"))
                .hasToString("1Gi");
        assertThat(lanes.variable("r-sluice-loader-databases", "SLUICE_LOADER_CALLS_PER_SECOND"))
                .hasValueSatisfying(variable -> assertThat(variable.getValue()).isEqualTo("50"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void aScaledLaneFollowsTheLagOfEachDestination() {
        assertThat(defaults.untyped()).isEmpty();
        assertThat(lanes.untyped()).singleElement().satisfies(scaled -> {
            assertThat(scaled.getApiVersion()).isEqualTo("keda.sh/v1alpha1");
            assertThat(scaled.getKind()).isEqualTo("ScaledObject");
            Map<String, Object> spec = scaled.get("spec");
            assertThat(spec.keySet())
                    .as("fields of a ScaledObject")
                    .isSubsetOf("scaleTargetRef", "minReplicaCount", "maxReplicaCount", "cooldownPeriod", "triggers");
            assertThat((Map<String, Object>) spec.get("scaleTargetRef"))
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("apiVersion", "apps/v1", "kind", "StatefulSet", "name", "r-sluice-loader-crm"));
            List<Map<String, Object>> triggers = (List<Map<String, Object>>) spec.get("triggers");
            assertThat(triggers).hasSize(2);
            assertThat(triggers.getLast()).containsEntry("type", "kafka");
            assertThat((Map<String, Object>) triggers.getLast().get("metadata"))
                    .containsEntry("consumerGroup", "sluice.loader.1000043")
                    .containsEntry("topic", "sluice.operations.1000043")
                    .containsEntry("lagThreshold", "40");
        });
        assertThat(lanes.named(StatefulSet.class, "r-sluice-loader-crm")
                        .getSpec()
                        .getReplicas())
                .as("the scaler's to decide")
                .isNull();
    }

    @Test
    void stateIsWhereItOutlivesAPod() {
        StatefulSet differ = lanes.named(StatefulSet.class, "r-sluice-differ");
        PersistentVolumeClaim claim = differ.getSpec().getVolumeClaimTemplates().getFirst();
        assertThat(claim.getSpec().getStorageClassName()).isEqualTo("fast");
        assertThat(claim.getSpec().getResources().getRequests().get("storage")).hasToString("50Gi");
        PersistentVolumeClaim bucket = lanes.named(PersistentVolumeClaim.class, "r-sluice-bucket");
        assertThat(bucket.getSpec().getAccessModes()).containsExactly("ReadWriteMany");
        assertThat(bucket.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
        assertThat(edge.of(PersistentVolumeClaim.class)).isEmpty();
    }

    @Test
    void theApiIsPublishedOnlyWhenAsked() {
        assertThat(defaults.of(Ingress.class)).isEmpty();
        Ingress ingress = edge.named(Ingress.class, "reverse-etl-control-plane");
        assertThat(ingress.getSpec().getIngressClassName()).isEqualTo("nginx");
        assertThat(ingress.getSpec().getTls().getFirst().getSecretName()).isEqualTo("sluice-tls");
        assertThat(edge.of(ServiceAccount.class)).isEmpty();
        Service service = edge.named(Service.class, "reverse-etl-control-plane");
        assertThat(service.getSpec().getType()).isEqualTo("ClusterIP");
        assertThat(edge.pods().get("reverse-etl-control-plane").getMetadata().getLabels())
                .containsAllEntriesOf(service.getSpec().getSelector());
        assertThat(edge.container("reverse-etl-loader-default").getImage())
                .isEqualTo("registry.example.com/team/sluice/loader-service:1.2.3");
    }

    @Test
    void theControlPlaneFindsTheTrackingService() {
        Service service = defaults.named(Service.class, "r-sluice-tracking");
        assertThat(defaults.variable("r-sluice-control-plane", "SLUICE_CONTROL_TRACKING_URL"))
                .hasValueSatisfying(variable -> assertThat(variable.getValue())
                        .isEqualTo("http://r-sluice-tracking:"
                                + service.getSpec().getPorts().getFirst().getPort()));
        assertThat(defaults.pods().get("r-sluice-tracking").getMetadata().getLabels())
                .containsAllEntriesOf(service.getSpec().getSelector());
    }

    @Test
    void selectorsOfWorkloadsDoNotMeet() {
        List<Map<String, String>> selectors = new ArrayList<>();
        lanes.of(StatefulSet.class)
                .forEach(worker -> selectors.add(worker.getSpec().getSelector().getMatchLabels()));
        lanes.of(Deployment.class)
                .forEach(worker -> selectors.add(worker.getSpec().getSelector().getMatchLabels()));
        assertThat(selectors).doesNotHaveDuplicates();
        lanes.pods().values().forEach(pod -> assertThat(selectors.stream()
                        .filter(selector ->
                                pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet())))
                .hasSize(1));
    }

    @Test
    void aTypingErrorInValuesIsRefused() {
        assertThatThrownBy(() -> Manifests.render(CHART, "differ.replicaz", 2)).hasMessageContaining("replicaz");
        assertThatThrownBy(() -> Manifests.render(CHART, "differ.replicas", "many"))
                .hasMessageContaining("replicas");
    }

    @Test
    void valuesThatCannotWorkAreRefusedWithAReason() throws IOException {
        assertRefused("differ: { replicas: 5 }", "5 replicas cannot share 4 partitions");
        assertRefused("differ: { standbyReplicas: 1 }", "another replica to live on");
        assertRefused("tracking: { replicas: 2 }", "ReadWriteMany");
        assertRefused(
                "loaderLanes: [ { name: a, destinations: ['*'], autoscaling: { enabled: true, maxReplicas: 2 } } ]",
                "autoscaling needs destination ids");
        assertRefused(
                "loaderLanes: [ { name: a, destinations: ['1'] }, { name: a, destinations: ['2'] } ]",
                "two lanes are named a");
        assertRefused("loaderLanes: [ { name: a, destinations: ['1'], replicas: 9 } ]", "loader lane a");
        assertRefused("loaderLanes: [ { name: a, destinations: [1] } ]", "destinations");
        assertRefused("loaderLanes: []", "loaderLanes");
    }

    @Test
    void theReadmeNamesEveryTopLevelValue() {
        String readme = DeployFiles.read(CHART.resolve("README.md"));
        assertThat(DeployFiles.yaml(CHART.resolve("values.yaml")).keySet()).allMatch(key -> readme.contains("`" + key));
    }

    private void assertRefused(String yaml, String reason) throws IOException {
        Path values = Files.writeString(temporary.resolve("values.yaml"), yaml);
        assertThatThrownBy(() -> Manifests.render(CHART, values)).as(yaml).hasMessageContaining(reason);
    }

    private String destinations(String lane) {
        return lanes.variable("r-sluice-loader-" + lane, "SLUICE_LOADER_DESTINATIONS")
                .map(EnvVar::getValue)
                .orElse("");
    }

    private Manifests render(String name, Path... values) {
        return renderings.computeIfAbsent(name, any -> Manifests.render(CHART, values));
    }

    private Stream<Map.Entry<String, Manifests>> everyRendering() {
        FILES.ciValues().forEach(values -> render(values.getFileName().toString(), values));
        return renderings.entrySet().stream();
    }

    private static String name(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }

    private static void assertMountsHaveVolumes(Manifests manifests, String workload, PodSpec spec) {
        Set<String> volumes =
                spec.getVolumes().stream().map(volume -> volume.getName()).collect(Collectors.toSet());
        manifests.find(StatefulSet.class, workload).ifPresent(worker -> worker.getSpec()
                .getVolumeClaimTemplates()
                .forEach(claim -> volumes.add(claim.getMetadata().getName())));
        assertThat(spec.getContainers().getFirst().getVolumeMounts())
                .allSatisfy(mount -> assertThat(volumes).contains(mount.getName()));
    }
}
