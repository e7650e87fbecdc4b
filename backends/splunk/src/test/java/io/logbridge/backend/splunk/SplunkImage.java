// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.splunk.fake.FakeSplunk;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * The vendor's image, one for all tests of this process, with the user and the tokens of the fake;
 * it ends with the process.
 */
final class SplunkImage {

  private static final DockerImageName NAME = DockerImageName.parse("splunk/splunk:9.4.3");
  private static final int COLLECTOR = 8088;
  private static final int MANAGEMENT = 8089;
  private static final Pattern COUNT = Pattern.compile("\"count\":\"(\\d+)\"");

  private static SplunkImage started;

  private final HttpClient http = HttpClient.newHttpClient();
  private final GenericContainer<?> container;

  private SplunkImage(GenericContainer<?> container) {
    this.container = container;
  }

  /** The image with an index, running. */
  static synchronized SplunkImage with(String index) throws IOException, InterruptedException {
    if (started == null) {
      GenericContainer<?> container =
          new GenericContainer<>(NAME)
              .withExposedPorts(COLLECTOR, MANAGEMENT)
              .withEnv("SPLUNK_START_ARGS", "--accept-license")
              .withEnv("SPLUNK_GENERAL_TERMS", "--accept-sgt-current-at-splunk-com")
              .withEnv("SPLUNK_PASSWORD", FakeSplunk.PASSWORD)
              .withEnv("SPLUNK_HEC_TOKEN", FakeSplunk.COLLECTOR_TOKEN)
              .withEnv("SPLUNK_HEC_SSL", "false")
              .withEnv("SPLUNKD_SSL_ENABLE", "false")
              .waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofMinutes(8)));
      container.start();
      SplunkImage image = new SplunkImage(container);
      image.post("/services/data/indexes", "name=" + index);
      image.post(
          "/services/authentication/users",
          "name="
              + FakeSplunk.USER
              + "&password="
              + FakeSplunk.PASSWORD
              + "&roles=admin&roles=can_delete");
      started = image;
    }
    return started;
  }

  /** Where searches are asked. */
  URI uri() {
    return uri(MANAGEMENT);
  }

  /** Where events are sent. */
  URI collector() {
    return uri(COLLECTOR);
  }

  private URI uri(int port) {
    return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(port));
  }

  /** How many events can be found in an index. */
  long count(String index) throws IOException, InterruptedException {
    String search = "| tstats count where index=" + index;
    String answer =
        post(
            "/services/search/jobs/export",
            "output_mode=json&preview=false&search="
                + URLEncoder.encode(search, StandardCharsets.UTF_8));
    Matcher count = COUNT.matcher(answer);
    if (!count.find()) {
      throw new IOException("no count in " + answer);
    }
    return Long.parseLong(count.group(1));
  }

  /** Waits until so many events can be found. */
  void awaitCount(String index, long count) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> count(index) >= count);
  }

  private String post(String path, String form) throws IOException, InterruptedException {
    String pair = "admin:" + FakeSplunk.PASSWORD;
    HttpRequest request =
        HttpRequest.newBuilder(uri().resolve(path))
            .timeout(Duration.ofMinutes(1))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
            .POST(BodyPublishers.ofString(form))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }
}
