// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.deploy;

import static io.logbridge.deploy.Manifests.elements;
import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.kube.object.ArchiveApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The objects fit together, and the pod gets no more rights than it needs. */
class ManifestsTest {

  private static final JsonNode DEPLOYMENT = Manifests.document("base/deployment.yaml");
  private static final JsonNode POD = DEPLOYMENT.at("/spec/template/spec");
  private static final JsonNode CONTAINER = POD.at("/containers/0");
  private static final JsonNode POD_LABELS = DEPLOYMENT.at("/spec/template/metadata/labels");

  static List<Path> kustomizations() {
    return Manifests.kustomizations();
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void kustomization_namesEveryManifestOfItsFolder(Path folder) throws IOException {
    JsonNode kustomization = Manifests.documents(folder.resolve("kustomization.yaml")).getFirst();
    Set<String> named =
        Stream.concat(
                elements(kustomization.path("resources")),
                elements(kustomization.path("configMapGenerator"))
                    .flatMap(generator -> elements(generator.path("files"))))
            .map(JsonNode::stringValue)
            .filter(name -> name.endsWith(".yaml"))
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml"))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void everyObject_hasKindVersionAndName(Path folder) {
    assertThat(Manifests.resources(folder))
        .isNotEmpty()
        .allSatisfy(object -> {
          assertThat(object.path("apiVersion").stringValue("")).isNotEmpty();
          assertThat(object.path("kind").stringValue("")).isNotEmpty();
          assertThat(object.at("/metadata/name").stringValue("")).matches("[a-z0-9.-]+");
        });
  }

  @Test
  void everySelector_findsThePod() {
    List<JsonNode> selectors =
        List.of(
            DEPLOYMENT.at("/spec/selector/matchLabels"),
            POD.at("/topologySpreadConstraints/0/labelSelector/matchLabels"),
            Manifests.document("base/networkpolicy.yaml").at("/spec/podSelector/matchLabels"),
            Manifests.document("base/poddisruptionbudget.yaml").at("/spec/selector/matchLabels"),
            Manifests.documents("base/service.yaml").get(0).at("/spec/selector"),
            Manifests.documents("base/service.yaml").get(1).at("/spec/selector"),
            Manifests.document("components/replace-tekton-results/service.yaml")
                .at("/spec/selector"));

    assertThat(selectors)
        .allSatisfy(selector -> {
          assertThat(selector.isEmpty()).isFalse();
          selector
              .properties()
              .forEach(
                  label -> assertThat(POD_LABELS.path(label.getKey())).isEqualTo(label.getValue()));
        });
  }

  @Test
  void everyPort_isOneOfTheContainer() {
    Set<String> ports =
        elements(CONTAINER.path("ports"))
            .map(port -> port.path("name").stringValue())
            .collect(Collectors.toSet());
    Stream<JsonNode> used =
        Stream.of(
                Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                    .map(probe -> CONTAINER.at("/" + probe + "/httpGet/port")),
                Manifests.documents("base/service.yaml").stream()
                    .map(service -> service.at("/spec/ports/0/targetPort")),
                elements(Manifests.document("base/networkpolicy.yaml").at("/spec/ingress"))
                    .map(rule -> rule.at("/ports/0/port")))
            .flatMap(stream -> stream);

    assertThat(ports).containsExactlyInAnyOrder("server", "operations");
    assertThat(used.map(JsonNode::stringValue)).hasSize(7).isSubsetOf(ports);
  }

  @Test
  void everyMount_hasItsVolume() {
    assertThat(names(CONTAINER.path("volumeMounts")))
        .containsExactlyInAnyOrderElementsOf(names(POD.path("volumes")));
  }

  @Test
  void pod_hasNoRightThatItDoesNotNeed() throws IOException {
    JsonNode pod = POD.path("securityContext");
    JsonNode container = CONTAINER.path("securityContext");

    assertThat(pod.path("runAsNonRoot").booleanValue()).isTrue();
    assertThat(pod.at("/seccompProfile/type").stringValue()).isEqualTo("RuntimeDefault");
    assertThat(container.path("allowPrivilegeEscalation").booleanValue()).isFalse();
    assertThat(container.path("readOnlyRootFilesystem").booleanValue()).isTrue();
    assertThat(container.at("/capabilities/drop/0").stringValue()).isEqualTo("ALL");
    assertThat(Files.readString(Manifests.ROOT.resolve("Dockerfile")))
        .contains("USER " + pod.path("runAsUser") + ":" + pod.path("runAsGroup"));
  }

  @Test
  void serviceAccount_mayAskForReviewsAndNothingElse() {
    List<JsonNode> rbac = Manifests.documents("base/rbac.yaml");

    assertThat(elements(rbac.getFirst().path("rules")).map(ManifestsTest::rule))
        .containsExactly(
            "[\"authentication.k8s.io\"] [\"tokenreviews\"] [\"create\"]",
            "[\"authorization.k8s.io\"] [\"subjectaccessreviews\"] [\"create\"]");
    assertThat(rbac.getLast().at("/subjects/0/name"))
        .isEqualTo(Manifests.document("base/serviceaccount.yaml").at("/metadata/name"))
        .isEqualTo(POD.path("serviceAccountName"));
  }

  @Test
  void readers_areThoseOfTektonResults() {
    assertThat(Manifests.documents("roles/clusterroles.yaml"))
        .extracting(
            role -> role.at("/metadata/name").stringValue(),
            role -> role.at("/rules/0/verbs").toString())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("tekton-results-readonly", "[\"get\",\"list\"]"),
            org.assertj.core.groups.Tuple.tuple(
                "tekton-results-readwrite", "[\"create\",\"get\",\"list\",\"update\"]"),
            org.assertj.core.groups.Tuple.tuple(
                "tekton-results-admin", "[\"create\",\"get\",\"list\",\"update\",\"delete\"]"));
  }

  @Test
  void apiService_isTheGroupThatTheServerHas_atItsService() {
    JsonNode api = Manifests.document("apiservice/apiservice.yaml");
    JsonNode service = Manifests.documents("base/service.yaml").getFirst();

    assertThat(api.at("/metadata/name").stringValue())
        .isEqualTo(ArchiveApi.VERSION + "." + ArchiveApi.GROUP);
    assertThat(api.at("/spec/group").stringValue()).isEqualTo(ArchiveApi.GROUP);
    assertThat(api.at("/spec/version").stringValue()).isEqualTo(ArchiveApi.VERSION);
    assertThat(api.at("/spec/service/name")).isEqualTo(service.at("/metadata/name"));
    assertThat(api.at("/spec/service/port")).isEqualTo(service.at("/spec/ports/0/port"));
  }

  @Test
  void apiService_isReadableAsFarAsItGoes() {
    List<JsonNode> rbac = Manifests.documents("apiservice/rbac.yaml");
    List<String> resources =
        ArchiveApi.RESOURCES.stream()
            .flatMap(resource ->
                resource.hasLog()
                    ? Stream.of(resource.plural(), resource.plural() + "/log")
                    : Stream.of(resource.plural()))
            .toList();

    assertThat(rbac.getFirst().at("/subjects/0/name"))
        .isEqualTo(Manifests.document("base/serviceaccount.yaml").at("/metadata/name"));
    assertThat(elements(rbac.get(1).at("/rules/0/resources")).map(JsonNode::stringValue))
        .containsExactlyElementsOf(resources);
    assertThat(rbac.get(1).at("/rules/0/verbs").toString())
        .isEqualTo("[\"get\",\"list\",\"watch\"]");
    assertThat(rule(rbac.get(2).at("/rules/0")))
        .isEqualTo("[\"archive.logbridge.io\"] [\"clusters/proxy\"] [\"get\"]");
  }

  private static String rule(JsonNode rule) {
    return rule.path("apiGroups") + " " + rule.path("resources") + " " + rule.path("verbs");
  }

  private static List<String> names(JsonNode array) {
    return elements(array).map(element -> element.path("name").stringValue()).toList();
  }
}
