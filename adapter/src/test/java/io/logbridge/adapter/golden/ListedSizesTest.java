// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.LogbridgeServer;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What a list of logs says of their sizes, over REST. */
@Timeout(60)
class ListedSizesTest {

  private static final String RESULT =
      "/apis/results.tekton.dev/v1alpha2/parents/default/results/8b83e32b-3faa-5244-bf49-e701c9ff5b5b/logs";
  private static final String LOG = "b2274f9d-ecc5-5e40-afe3-4c4fa3961775";

  @Test
  void aSize_isThatOfTheTextThatGetLogGives() throws Exception {
    ListBackend store = new ListBackend(100);
    ContainerRef step = new ContainerRef("default", "hello-run-build-pod", null, "step-one");
    Instant time = Instant.parse("2024-05-01T10:00:10Z");
    for (int i = 0; i < 3; i++) {
      store.add(step, LogEntry.of(time.plusSeconds(i), LogStream.STDOUT, "größer " + i));
    }
    try (LogbridgeServer server = GoldenServer.start(store);
        HttpClient http = HttpClient.newHttpClient()) {
      String fields = "records.name,records.data.value.status.size,records.data.value.status.lines";
      JsonNode list = GoldenCases.JSON.readTree(get(http, server, RESULT + "?fields=" + fields));
      String text = get(http, server, RESULT + "/" + LOG);

      JsonNode status = null;
      for (JsonNode record : list.path("records")) {
        if (record.path("name").asString().endsWith(LOG)) {
          byte[] value = Base64.getDecoder().decode(record.at("/data/value").asString());
          status = GoldenCases.JSON.readTree(value).path("status");
        }
      }
      assertThat(text.lines()).hasSize(3);
      assertThat(status)
          .isEqualTo(
              GoldenCases.JSON.readTree(
                  "{\"size\":%d,\"lines\":3}"
                      .formatted(text.getBytes(StandardCharsets.UTF_8).length)));
    }
  }

  private static String get(HttpClient http, LogbridgeServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }
}
