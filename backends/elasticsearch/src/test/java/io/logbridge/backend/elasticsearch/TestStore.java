// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.embedded.elasticsearch.EmbeddedElasticsearch;
import io.logbridge.embedded.elasticsearch.Options;
import io.logbridge.embedded.elasticsearch.Version;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * The real servers of this process, each started once and shared by all tests, which keep apart by
 * the names of their indices. They end with the process.
 */
final class TestStore {

  private static final Map<Version, TestStore> STARTED = new EnumMap<>(Version.class);
  private static final String IMAGE = "docker.elastic.co/elasticsearch/elasticsearch";
  private static final int PORT = 9200;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Tests outlive no crash: without this every bulk request waits for the disk. */
  private static final String QUICK =
      """
      {"index_patterns": ["*"], "priority": 1, "template": {"settings": {
        "number_of_replicas": 0, "index.translog.durability": "async"}}}\
      """;

  private static final Map<Version, TestStore> IMAGES = new EnumMap<>(Version.class);

  private final URI uri;

  private TestStore(URI uri) {
    this.uri = uri;
  }

  /** The vendor's image of a version, without its security; it ends with the process too. */
  @SuppressWarnings("resource") // ends with the process
  static synchronized TestStore ofImage(Version version) throws IOException, InterruptedException {
    TestStore store = IMAGES.get(version);
    if (store == null) {
      GenericContainer<?> image =
          new GenericContainer<>(DockerImageName.parse(IMAGE + ":" + version.number()))
              .withExposedPorts(PORT)
              .withEnv("discovery.type", "single-node")
              .withEnv("xpack.security.enabled", "false")
              .withEnv("search.keep_alive_interval", "200ms")
              .withEnv("ES_JAVA_OPTS", "-Xms512m -Xmx512m")
              .waitingFor(
                  Wait.forHttp("/_cluster/health?wait_for_status=yellow")
                      .forPort(PORT)
                      .withStartupTimeout(Duration.ofMinutes(3)));
      image.start();
      store =
          new TestStore(URI.create("http://" + image.getHost() + ":" + image.getMappedPort(PORT)));
      store.send("PUT", "/_index_template/tests", QUICK);
      IMAGES.put(version, store);
    }
    return store;
  }

  static synchronized TestStore of(Version version) throws IOException, InterruptedException {
    TestStore store = STARTED.get(version);
    if (store == null) {
      Options options = Options.of(version).withHeapMegabytes(512).withPromptExpiry();
      store = new TestStore(EmbeddedElasticsearch.start(options).uri());
      store.send("PUT", "/_index_template/tests", QUICK);
      STARTED.put(version, store);
    }
    return store;
  }

  URI uri() {
    return uri;
  }

  void createIndex(String name, String body) throws IOException, InterruptedException {
    send("PUT", "/" + name, body);
  }

  boolean isAbsent(String index) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve("/" + index))
            .method("HEAD", BodyPublishers.noBody())
            .build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 404;
  }

  /** Stores a document; it is visible when this returns. */
  void index(String index, String document) throws IOException, InterruptedException {
    send("POST", "/" + index + "/_doc?refresh=true", document);
  }

  /** Stores documents given as the body of a bulk request; they are visible when this returns. */
  void bulk(String body) throws IOException, InterruptedException {
    String answer = send("POST", "/_bulk?refresh=true&filter_path=errors,items.*.error", body);
    if (!answer.contains("\"errors\":false")) {
      throw new IOException("bulk: " + answer.substring(0, Math.min(2000, answer.length())));
    }
  }

  /** What the server answers, which must be a success. */
  String send(String method, String path, String body) throws IOException, InterruptedException {
    String type = path.startsWith("/_bulk") ? "application/x-ndjson" : "application/json";
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve(path))
            .timeout(Duration.ofMinutes(1))
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body))
            .build();
    var response = HTTP.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(
          method + " " + path + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }
}
