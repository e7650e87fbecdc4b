// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.embedded.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 4, unit = TimeUnit.MINUTES)
class EmbeddedElasticsearchTest {

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path folder;

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    http.close();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void indexedDocumentIsFound_andCloseLeavesNothing(Version version) throws Exception {
    EmbeddedElasticsearch server = EmbeddedElasticsearch.start(Options.of(version), folder);
    try (server) {
      HttpResponse<String> indexed =
          http.send(
              HttpRequest.newBuilder(server.uri().resolve("/logs/_doc?refresh=true"))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"log\":\"hello from a pod\"}"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(indexed.statusCode()).as(indexed.body()).isEqualTo(201);
      assertThat(indexed.headers().firstValue("X-elastic-product")).hasValue("Elasticsearch");

      HttpResponse<String> found = get(server.uri().resolve("/logs/_search?q=pod"));
      assertThat(found.body()).contains("hello from a pod");
      assertThat(get(server.uri().resolve("/_nodes")).body())
          .contains("\"version\":\"" + version.number() + "\"");
    }
    server.close();
    assertThat(server.processHandle().isAlive()).isFalse();
    assertThat(server.folder()).doesNotExist();
  }

  @Test
  void twoNodesRunSideBySide() throws Exception {
    try (EmbeddedElasticsearch one = EmbeddedElasticsearch.start(Options.of(Version.V9), folder);
        EmbeddedElasticsearch other = EmbeddedElasticsearch.start(Options.of(Version.V9), folder)) {
      assertThat(one.uri()).isNotEqualTo(other.uri());
      assertThat(get(one.uri().resolve("/_cluster/health")).statusCode()).isEqualTo(200);
      one.close();
      assertThat(get(other.uri().resolve("/_cluster/health")).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nodeWithUsers_knowsThemAndTheirRoles(Version version) throws Exception {
    Options options =
        Options.of(version)
            .withUsers(
                new User("root", "secret-1", List.of("superuser")),
                new User("nobody", "secret-2", List.of()));
    try (EmbeddedElasticsearch server = EmbeddedElasticsearch.start(options, folder)) {
      URI uri = server.uri().resolve("/_cat/indices");
      assertThat(get(uri).statusCode()).isEqualTo(401);
      assertThat(get(uri, "root", "wrong").statusCode()).isEqualTo(401);
      assertThat(get(uri, "root", "secret-1").statusCode()).isEqualTo(200);
      assertThat(get(uri, "nobody", "secret-2").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void settingThatTheServerRefuses_isInTheMessage() {
    Options options = Options.of(Version.V9).withSetting("no.such.setting", "1");
    assertThatThrownBy(() -> EmbeddedElasticsearch.start(options, folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Elasticsearch 9.5.3 did not start: ")
        .hasMessageContaining("unknown setting [no.such.setting]");
  }

  @ParameterizedTest
  @ValueSource(classes = {DyingParent.class, ParentThatDiesAtOnce.class})
  void nodeEndsWithTheProcessThatStartedIt(Class<?> program) throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line;
    try (BufferedReader output = parent.inputReader()) {
      line = output.readLine();
    }
    assertThat(line).as("process of the node").isNotNull();
    ProcessHandle.of(Long.parseLong(line))
        .ifPresent(node -> node.onExit().orTimeout(2, TimeUnit.MINUTES).join());
    assertThat(parent.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  private HttpResponse<String> get(URI uri, String... credentials) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (credentials.length > 0) {
      byte[] pair = String.join(":", credentials).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** Starts a node, says which process it is, and ends without closing it. */
  static final class DyingParent {

    private DyingParent() {}

    public static void main(String[] args) throws Exception {
      EmbeddedElasticsearch server = EmbeddedElasticsearch.start(Version.V9);
      System.out.println(server.processHandle().pid());
      Runtime.getRuntime().halt(0);
    }
  }

  /** The same while the node is still starting. */
  static final class ParentThatDiesAtOnce {

    private ParentThatDiesAtOnce() {}

    public static void main(String[] args) {
      Thread.ofPlatform()
          .start(() -> {
            try {
              EmbeddedElasticsearch.start(Version.V9);
            } catch (IOException | InterruptedException e) {
              e.printStackTrace(); // all that this process has for a log
            }
          });
      Optional<ProcessHandle> node = Optional.empty();
      while (node.isEmpty()) {
        Thread.onSpinWait();
        node =
            ProcessHandle.current()
                .children()
                .filter(child ->
                    child.info().commandLine().orElse("").contains(NodeMain.class.getName()))
                .findAny();
      }
      System.out.println(node.get().pid());
      Runtime.getRuntime().halt(0);
    }
  }
}
