// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.kube.KubePath.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubePathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/kube",
        "/kube/",
        "/kube/api/v1/pods",
        "/apis/archive.logbridge.io/v1alpha1/clusters/archive/proxy/api",
        "/apis/archive.logbridge.io/v1alpha1/clusters/archive/proxy",
        "/apis/archive.logbridge.io",
        "/apis/archive.logbridge.io/v1alpha1/namespaces/ci/pods"
      })
  void pathsBelowTheBase_areOfThisFace(String path) {
    assertThat(KubePath.isKube(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/kubes",
        "/logs/kube/pod/c",
        "/apis/kube",
        "/apis",
        "/apis/archive.logbridge.iox/v1alpha1",
        "/apis/archive.tekton.dev/v1alpha1/kube/api",
        "/apis/results.tekton.dev/v1alpha2/parents/kube/results",
        "/api/v1/namespaces"
      })
  void otherPaths_areNot(String path) {
    assertThat(KubePath.isKube(path)).isFalse();
  }

  @Test
  void discoveryHasPathsOfItsOwn() {
    assertThat(KubePath.of("/kube/version")).isEqualTo(new KubePath.Version());
    assertThat(KubePath.of("/kube/api")).isEqualTo(new KubePath.CoreVersions());
    assertThat(KubePath.of("/kube/apis/")).isEqualTo(new KubePath.Groups());
    assertThat(KubePath.of("/kube/apis/tekton.dev")).isEqualTo(new KubePath.Group("tekton.dev"));
    assertThat(KubePath.of("/kube/api/v1")).isEqualTo(new KubePath.Resources("", "v1"));
    assertThat(KubePath.of("/kube/apis/tekton.dev/v1"))
        .isEqualTo(new KubePath.Resources("tekton.dev", "v1"));
  }

  @Test
  void objectsAreInANamespaceOrInAll() {
    assertThat(KubePath.of("/kube/api/v1/pods"))
        .isEqualTo(new Objects("", "v1", "", "pods", "", ""));
    assertThat(KubePath.of("/kube/apis/tekton.dev/v1/namespaces/ci/taskruns"))
        .isEqualTo(new Objects("tekton.dev", "v1", "ci", "taskruns", "", ""));
    assertThat(
            KubePath.of(
                "/apis/archive.logbridge.io/v1alpha1/clusters/archive/proxy/api/v1/namespaces/ci/pods/p/log"))
        .isEqualTo(new Objects("", "v1", "ci", "pods", "p", "log"));
  }

  @Test
  void theGroupOfTheArchive_isOfARealCluster_andOfNoArchivedOne() {
    assertThat(KubePath.of("/apis/archive.logbridge.io"))
        .isEqualTo(new KubePath.Group("archive.logbridge.io"));
    assertThat(KubePath.of("/apis/archive.logbridge.io/v1alpha1/namespaces/ci/taskruns/t/log"))
        .isEqualTo(new Objects("archive.logbridge.io", "v1alpha1", "ci", "taskruns", "t", "log"));
    assertThat(KubePath.of("/kube/apis/archive.logbridge.io/v1alpha1/namespaces/ci/taskruns"))
        .isEqualTo(new KubePath.Unknown());
    assertThat(KubePath.of("/kube/apis/archive.logbridge.io/v1alpha1"))
        .isEqualTo(new KubePath.Unknown());
  }

  @ParameterizedTest
  @CsvSource({
    "pods/p,'',pods/p",
    "pods/p/log,'',pods/p/log",
    "taskruns/t,tekton.dev,taskruns/t",
    "taskruns/t/log,'',pods/log",
    "pipelineruns/r/log,'',pods/log",
    "events,'',events",
  })
  void whatTheArchiveHas_isAllowedToWhomItIsAllowedInTheCluster(
      String archived, String group, String asked) {
    Objects what =
        (Objects) KubePath.of("/apis/archive.logbridge.io/v1alpha1/namespaces/ci/" + archived);

    Objects inCluster = what.inCluster();

    assertThat(inCluster.group()).isEqualTo(group);
    assertThat(
            Stream.of(inCluster.resource(), inCluster.name(), inCluster.subresource())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/")))
        .isEqualTo(asked);
    assertThat(inCluster.namespace()).isEqualTo("ci");
  }

  @Test
  void aNamespaceIsInItself_asKubernetesAuthorisesIt() {
    assertThat(KubePath.of("/kube/api/v1/namespaces"))
        .isEqualTo(new Objects("", "v1", "", "namespaces", "", ""));
    assertThat(KubePath.of("/kube/api/v1/namespaces/ci"))
        .isEqualTo(new Objects("", "v1", "ci", "namespaces", "ci", ""));
  }

  @Test
  void aSlashThatIsEncoded_isASlash() {
    assertThat(KubePath.of("/kube/api/v1/namespaces/ci/pods/a%2Flog"))
        .isEqualTo(new Objects("", "v1", "ci", "pods", "a", "log"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/kube",
        "/kube/",
        "/kube/healthz",
        "/kube/version/x",
        "/kube/openapi/v2",
        "/kube/api/v1/namespaces//pods",
        "/kube//api",
        "/kube/api/v1/namespaces/ci/pods/p/log/x"
      })
  void whateverElse_isNothing(String path) {
    assertThat(KubePath.of(path)).isEqualTo(new KubePath.Unknown());
  }
}
