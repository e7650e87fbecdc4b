// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.SettingsException;
import io.logbridge.backend.paging.PageLimits;
import io.logbridge.backend.shipped.LineForm;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LokiSettingsTest {

  private static final String UID = "7c1d6f0e-1f35-4b8c-9d52-3f6a5b0e9c11";
  private static final ContainerRef CONTAINER = new ContainerRef("ci", "run-pod", UID, "step-a");

  @Test
  void defaults_areThoseOfTheReadme() {
    LokiSettings settings = read();

    assertThat(settings.paging()).isEqualTo(new PageLimits(500, 4_999, 4 << 20, 32 << 20));
    assertThat(settings.connection().requestTimeout()).hasSeconds(30);
    assertThat(settings.labels()).isEqualTo(LabelMapping.of(LokiPreset.PROMTAIL));
    assertThat(settings.line().form()).isEqualTo(LineForm.RAW);
    assertThat(settings.tenant().of("ci")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "promtail; {namespace=\"ci\",pod=\"run-pod\",container=\"step-a\"}",
        "fluentd; {namespace=\"ci\",pod=\"run-pod\",container=\"step-a\"}",
        "vector; {namespace=\"ci\",pod=\"run-pod\",container=\"step-a\"}",
        "alloy; {namespace=\"ci\",container=\"step-a\"} | pod=\"run-pod\"",
        "fluent-bit; {kubernetes_namespace_name=\"ci\",kubernetes_pod_name=\"run-pod\","
            + "kubernetes_container_name=\"step-a\"}",
        "viaq; {kubernetes_namespace_name=\"ci\",kubernetes_pod_name=\"run-pod\","
            + "kubernetes_container_name=\"step-a\"}",
        "otlp; {k8s_namespace_name=\"ci\",k8s_pod_name=\"run-pod\","
            + "k8s_container_name=\"step-a\"} | k8s_pod_uid=\""
            + UID
            + "\"",
      })
  void preset_knowsTheLabels(String preset, String query) {
    assertThat(read("labels.preset", preset).labels().query(CONTAINER)).hasToString(query);
  }

  @Test
  void singleLabels_areNamedOtherwise() {
    LokiSettings settings =
        read(
            "labels.pod", "pod_name",
            "labels.podUid", "uid",
            "labels.always", "cluster=a b,env=prod",
            "labels.structuredMetadata", "container,podUid");

    assertThat(settings.labels().query(CONTAINER))
        .hasToString(
            "{namespace=\"ci\",cluster=\"a b\",env=\"prod\",pod_name=\"run-pod\"}"
                + " | container=\"step-a\" | uid=\""
                + UID
                + "\"");
    assertThat(settings.labels().selected())
        .containsExactly(
            Map.entry("cluster", "labels.always"),
            Map.entry("env", "labels.always"),
            Map.entry("namespace", "labels.namespace"),
            Map.entry("pod_name", "labels.pod"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "viaq; log_type=application; {kubernetes_namespace_name=\"ci\",log_type=\"application\"}"
            + " |= \"\\\"run-pod\\\"\" |= \"\\\"step-a\\\"\"",
        "fluentd; a=b; {namespace=\"ci\",a=\"b\"} |= \"run-pod\" |= \"step-a\"",
      })
  void whatNoLabelSays_isLookedForInTheLine(String preset, String always, String query) {
    LokiSettings settings =
        read(
            "labels.preset",
            preset,
            "labels.pod",
            "",
            "labels.container",
            "",
            "labels.always",
            always == null ? "" : always);

    assertThat(settings.query(CONTAINER)).hasToString(query);
    assertThat(settings.labels().selected().values())
        .contains("labels.namespace")
        .doesNotContain("labels.pod", "labels.container");
  }

  @Test
  void whereNothingIsALabel_oneThatAllStreamsHaveSelectsThem() {
    LokiSettings settings =
        read(
            "labels.preset", "fluent-bit",
            "labels.namespace", "",
            "labels.pod", "",
            "labels.container", "",
            "labels.always", "job=fluent-bit");

    assertThat(settings.query(CONTAINER))
        .hasToString(
            "{job=\"fluent-bit\"} |= \"\\\"ci\\\"\" |= \"\\\"run-pod\\\"\""
                + " |= \"\\\"step-a\\\"\"");
  }

  @Test
  void metadataThatIsAbsent_isNotAskedFor() {
    LokiSettings settings = read("labels.preset", "alloy", "labels.pod", "", "line.form", "json");

    assertThat(settings.query(CONTAINER))
        .hasToString("{namespace=\"ci\",container=\"step-a\"} |= \"\\\"run-pod\\\"\"");
  }

  @Test
  void deletion_comparesTheFieldsThemselves() {
    LokiSettings settings = read("labels.preset", "viaq", "labels.pod", "");

    assertThat(settings.deletion(CONTAINER).orElseThrow())
        .hasToString(
            "{kubernetes_namespace_name=\"ci\",kubernetes_container_name=\"step-a\"}"
                + " |= \"\\\"run-pod\\\"\" |= \""
                + UID
                + "\" | json logbridge_pod=\"kubernetes.pod_name\","
                + "logbridge_pod_flat=\"[\\\"kubernetes.pod_name\\\"]\""
                + " | logbridge_pod=\"run-pod\" or logbridge_pod_flat=\"run-pod\""
                + " | json logbridge_podUid=\"kubernetes.pod_id\","
                + "logbridge_podUid_flat=\"[\\\"kubernetes.pod_id\\\"]\""
                + " | logbridge_podUid=\""
                + UID
                + "\" or logbridge_podUid_flat=\""
                + UID
                + "\"");
    assertThat(read("labels.preset", "fluentd", "labels.pod", "").deletion(CONTAINER)).isEmpty();
    assertThat(
            read("labels.preset", "viaq", "labels.pod", "", "line.pod", "a,b").deletion(CONTAINER))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "promtail | pod | a label's name, since lines of the form raw do not tell it",
        "otlp | container | a label's name, since lines of the form raw do not tell it",
        "viaq | namespace | a label's name, or logStorage.loki.labels.always: Loki wants a label"
            + " to select streams by",
      })
  void labelThatNothingStandsInFor_isNeeded(String preset, String role, String expected) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read("labels.preset", preset, "labels." + role, ""))
        .withMessage("logStorage.loki.labels." + role + ": \"\" (expected: " + expected + ")");
  }

  @Test
  void unknownUid_isNotAskedFor() {
    ContainerRef withoutUid = new ContainerRef("ci", "run-pod", null, "step-a");

    assertThat(read("labels.preset", "otlp").labels().query(withoutUid).toString())
        .doesNotContain("uid");
  }

  @Test
  void tenant_mayFollowFromTheNamespace() {
    assertThat(read("tenant", "team-a|team-b").tenant().of("ci")).hasValue("team-a|team-b");
    Tenant tenant = read("tenant", "ns-{namespace}").tenant();
    assertThat(tenant.of("ci")).hasValue("ns-ci");
    assertThat(tenant.isPerNamespace()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "url | ftp://a | http:// or https://",
        "tenant | a b | at most 150 letters",
        "tenant | {pod} | {namespace} for the run's namespace",
        "labels.preset | logstash | one of fluentd, fluent-bit, vector, promtail, alloy, viaq, otlp",
        "labels.pod | tekton.dev/pod | a label's name",
        "labels.structuredMetadata | namespace | some of pod, podUid, container",
        "labels.always | cluster | label=value",
        "line.form | xml | one of raw, json, key-value, auto",
        "pageSize.max | 0 | a whole number from 1",
      })
  void wrongValue_isNamedWithWhatWasExpected(String key, String value, String expected) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read(key, value))
        .withMessageStartingWith(TestBackends.PATH + "." + key + ": \"" + value + "\"")
        .withMessageContaining(expected);
  }

  @Test
  void missingUrl_isAskedForWithExamples() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> TestBackends.settings(Map.of()))
        .withMessageStartingWith("logStorage.loki.url: not set")
        .withMessageContaining("/api/logs/v1/application");
  }

  @Test
  void unknownKey_isRefused() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read("urls", "http://a"))
        .withMessageStartingWith("logStorage.loki.urls: unknown key");
  }

  @Test
  void backend_showsItsAddressAndNoCredential() {
    Map<String, String> values =
        Map.of("url", "http://a:3100", "username", "me", "password", "hidden");
    try (LogBackend backend = TestBackends.open(values, Instant.EPOCH)) {
      assertThat(backend).hasToString("Loki[http://a:3100]");
      assertThat(backend.type()).isEqualTo("Loki");
      assertThat(TestBackends.settings(values).toString()).doesNotContain("hidden");
    }
  }

  private static LokiSettings read(String... pairs) {
    Map<String, String> values = new HashMap<>();
    values.put("url", "http://loki:3100");
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return TestBackends.settings(values);
  }
}
