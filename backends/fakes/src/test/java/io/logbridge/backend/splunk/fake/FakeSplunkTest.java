// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the fake to what is documented of Splunk. */
class FakeSplunkTest {

  private static final String V2 = "/services/search/v2/jobs/export";
  private static final String WITHIN = "&earliest_time=1000&latest_time=2000&output_mode=json";

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeSplunk splunk = new FakeSplunk();

  @BeforeEach
  void store() throws Exception {
    splunk.createIndex("main");
    splunk.createIndex("other");
    collect("{\"time\":1000,\"event\":\"a b-1\",\"fields\":{\"pod\":\"p-1\"}}");
    collect("{\"time\":1001.5,\"event\":\"a b-12\",\"fields\":{\"pod\":\"p-12\"}}");
    collect("{\"time\":1999.999999,\"event\":{\"k\":\"b-1\"},\"index\":\"other\"}");
    collect("{\"time\":2000,\"event\":\"a too late\"}");
  }

  @AfterEach
  void stop() throws IOException {
    splunk.close();
    http.close();
  }

  @Test
  void results_comeNewestFirstWithTheStartAndWithoutTheEnd() throws Exception {
    assertThat(raw("search (index=\"main\" OR index=\"other\")"))
        .containsExactly("{\\\"k\\\":\\\"b-1\\\"}", "a b-12", "a b-1");
  }

  @Test
  void words_areFoundBetweenWhatIsNoLetterOrDigit() throws Exception {
    assertThat(raw("search index=* \"B-1\"")).containsExactly("{\\\"k\\\":\\\"b-1\\\"}", "a b-1");
    assertThat(raw("search index=* \"b\" NOT \"a\"")).containsExactly("{\\\"k\\\":\\\"b-1\\\"}");
    assertThat(raw("search index=* \"a b\"")).containsExactly("a b-12", "a b-1");
  }

  @Test
  void indexedFields_areFoundWhole() throws Exception {
    assertThat(raw("search index=main pod::\"p-1\"")).containsExactly("a b-1");
    assertThat(raw("search index=main pod::\"p\"")).isEmpty();
    assertThat(raw("search index=* NOT pod=*")).containsExactly("{\\\"k\\\":\\\"b-1\\\"}");
  }

  @Test
  void searchThatNamesNoIndex_isOfTheDefaultOne() throws Exception {
    assertThat(raw("search \"b-1\"")).containsExactly("a b-1");
  }

  @Test
  void indexThatDoesNotExist_isFoundEmpty() throws Exception {
    assertThat(export("search index=nowhere").body())
        .isEqualTo("{\"preview\":false,\"lastrow\":true}\n");
    assertThat(export("| eventcount summarize=false index=nowhere index=o* | fields index").body())
        .contains("\"result\":{\"index\":\"other\"}")
        .doesNotContain("nowhere");
  }

  @Test
  void sort_keepsTenThousandUnlessToldOtherwise() throws Exception {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 10_050; i++) {
      many.append("{\"time\":1500,\"event\":\"many\"}");
    }
    collect(many.toString());

    assertThat(raw("search index=main \"many\" | sort _time | fields _raw")).hasSize(10_000);
    assertThat(raw("search index=main \"many\" | sort 0 _time | fields _raw")).hasSize(10_050);
  }

  @Test
  void equalTimes_comeInAnotherOrderEachTime() throws Exception {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      many.append("{\"time\":1500,\"event\":\"many " + i + "\"}");
    }
    collect(many.toString());

    assertThat(raw("search index=main \"many\" | fields _raw"))
        .isNotEqualTo(raw("search index=main \"many\" | fields _raw"));
  }

  @Test
  void previews_comeUnlessTheyAreDeclined() throws Exception {
    String search = "search index=main | eval s=floor((_time-1000)/1) | stats count by s";

    assertThat(export(search).body()).contains("\"preview\":true").contains("\"preview\":false");
    assertThat(export(search + "&preview=false").body())
        .doesNotContain("\"preview\":true")
        .contains("\"s\":\"1\",\"count\":\"1\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serch index=main",
        "index=main",
        "search index=main | serch",
        "search index=main \"open",
        "search (index=main",
        "search index=main | head 1 2",
        "search index=main `macro`",
        "search index=main [search x]",
        "search index=main | eval x=now()",
        "search index=main | stats count by x | where _time>=1 AND _time<2",
      })
  void searchThatIsNone_isRefused(String search) throws Exception {
    HttpResponse<String> answer = export(search);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"messages\":[{").contains("\"FATAL\"");
  }

  @Test
  void whoIsNotKnown_isRefused() throws Exception {
    assertThat(post(V2, "search=search index=main", "Bearer another").statusCode()).isEqualTo(401);
    assertThat(post("/services/auth/login", "username=a&password=b", "").statusCode())
        .isEqualTo(401);
  }

  @Test
  void emptyEvents_areRefused() throws Exception {
    HttpResponse<String> answer =
        post(
            "/services/collector/event",
            "{\"time\":1,\"event\":\"\"}",
            "Splunk " + FakeSplunk.COLLECTOR_TOKEN);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Event field cannot be blank");
  }

  private void collect(String events) throws Exception {
    HttpResponse<String> answer =
        post("/services/collector/event", events, "Splunk " + FakeSplunk.COLLECTOR_TOKEN);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** The texts of the events that a search finds, as they stand in the answer. */
  private List<String> raw(String search) throws Exception {
    String piped = search.contains("|") ? search : search + " | fields _raw";
    HttpResponse<String> answer = export(piped);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer
        .body()
        .lines()
        .filter(line -> line.contains("\"_raw\":\""))
        .map(line -> line.substring(line.indexOf("\"_raw\":\"") + 8, line.length() - 3))
        .toList();
  }

  private HttpResponse<String> export(String search) throws Exception {
    int more = search.indexOf('&');
    String spl = more < 0 ? search : search.substring(0, more);
    String form =
        "search="
            + URLEncoder.encode(spl, StandardCharsets.UTF_8)
            + (more < 0 ? "" : search.substring(more))
            + WITHIN;
    return post(V2, form, "Bearer " + FakeSplunk.TOKEN);
  }

  private HttpResponse<String> post(String path, String body, String authorization)
      throws Exception {
    URI uri = splunk.uri().resolve(path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", authorization)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
