// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.config.AdapterConfig;
import io.logbridge.adapter.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The server takes every key of the configurations, and finds there what the manifests mount. */
class ConfigurationTest {

  private static final String SECRETS = "/var/run/secrets/logbridge/";
  private static final Pattern SECRET_FILE = Pattern.compile(SECRETS + "([a-z]+)/[a-z.-]+");
  private static final Pattern PRESET = Pattern.compile("# Preset: ([a-z-]+)\\.");

  private static SelfSigned selfSigned;

  @TempDir private Path secrets;

  @BeforeAll
  static void makeCertificate() throws Exception {
    selfSigned = SelfSigned.create();
  }

  @ParameterizedTest
  @CsvSource({"elasticsearch, Elasticsearch", "loki, Loki", "splunk, Splunk"})
  void overlay_isAConfigurationOfItsStore(String overlay, String type) throws IOException {
    AdapterConfig config = load(text(overlay));
    try (var backend = config.backend()) {
      assertThat(backend.type()).isEqualTo(type);
      assertThat(config.server().host()).isEqualTo("0.0.0.0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"elasticsearch", "loki", "splunk"})
  void everySecret_isMounted(String overlay) throws IOException {
    JsonNode mounts =
        Manifests.document("base/deployment.yaml")
            .at("/spec/template/spec/containers/0/volumeMounts");
    Matcher files = SECRET_FILE.matcher(text(overlay));

    assertThat(files.results().map(MatchResult::group))
        .isNotEmpty()
        .allSatisfy(file ->
            assertThat(Manifests.elements(mounts))
                .anySatisfy(mount ->
                    assertThat(file).startsWith(mount.path("mountPath").stringValue() + "/")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"elasticsearch", "loki", "splunk"})
  void pod_isGivenTimeToStop(String overlay) throws IOException {
    AdapterConfig config = load(text(overlay));
    try (var _ = config.backend()) {
      JsonNode grace =
          Manifests.document("base/deployment.yaml")
              .at("/spec/template/spec/terminationGracePeriodSeconds");

      assertThat(Duration.ofSeconds(grace.intValue()))
          .isGreaterThan(config.server().shutdownGrace());
    }
  }

  @Test
  void serverAndManifests_agreeOnThePorts() throws IOException {
    AdapterConfig config = load(text("elasticsearch"));
    try (var _ = config.backend()) {
      JsonNode ports =
          Manifests.document("base/deployment.yaml").at("/spec/template/spec/containers/0/ports");

      assertThat(ports.at("/0/containerPort").intValue()).isEqualTo(config.server().port());
      assertThat(ports.at("/1/containerPort").intValue())
          .isEqualTo(config.server().operationsPort());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fluentd/elasticsearch.conf, elasticsearch",
    "fluentd/loki.conf, loki",
    "fluentd/splunk.conf, splunk",
    "fluent-bit/elasticsearch.yaml, elasticsearch",
    "fluent-bit/loki.yaml, loki",
    "fluent-bit/splunk.yaml, splunk",
    "vector/elasticsearch.yaml, elasticsearch",
    "vector/loki.yaml, loki",
    "vector/splunk.yaml, splunk",
  })
  void shipper_namesAPresetOfItsStore(String file, String overlay) throws IOException {
    Matcher preset = PRESET.matcher(Files.readString(Manifests.ROOT.resolve("shippers/" + file)));
    assertThat(preset.find()).as("a line \"# Preset: ...\"").isTrue();

    load(text(overlay).replaceFirst("preset: [a-z-]+", "preset: " + preset.group(1)))
        .backend()
        .close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fluent-bit", "vector"})
  void shipperInYaml_canBeRead(String shipper) throws IOException {
    try (var files = Files.list(Manifests.ROOT.resolve("shippers/" + shipper))) {
      assertThat(files)
          .hasSize(4)
          .allSatisfy(file -> assertThat(Manifests.documents(file)).hasSize(1));
    }
  }

  private static String text(String overlay) throws IOException {
    return Files.readString(
        Manifests.ROOT.resolve("overlays").resolve(overlay).resolve("logbridge.yaml"));
  }

  /** Loads it with files in place of those that the cluster would mount. */
  private AdapterConfig load(String configuration) throws IOException {
    for (MatchResult secret : SECRET_FILE.matcher(configuration).results().toList()) {
      Path file = secrets.resolve(secret.group().substring(SECRETS.length()));
      Files.createDirectories(file.getParent());
      Files.writeString(file, content(file));
    }
    Path file = secrets.resolve("logbridge.yaml");
    Files.writeString(file, configuration.replace(SECRETS, secrets + "/"));
    return ConfigLoader.load(file, Map.of());
  }

  private static String content(Path file) {
    return switch (file.getFileName().toString()) {
      case "ca.crt", "tls.crt" -> selfSigned.certificate();
      case "tls.key" -> selfSigned.key();
      default -> "secret";
    };
  }
}
