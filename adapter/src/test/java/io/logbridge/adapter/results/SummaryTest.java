// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.logbridge.adapter.auth.OpenGate;
import io.logbridge.adapter.auth.RequestHeaders;
import io.logbridge.adapter.auth.ResultsAccess;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.RecordStore;
import io.logbridge.adapter.record.ResultStore;
import io.logbridge.adapter.record.SummaryStore;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.backend.Deadline;
import io.logbridge.proto.v1alpha2.RecordListSummaryRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every summary that Tekton Results was recorded with, on the rows that it was recorded on. */
class SummaryTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String GOLDEN = "/io/logbridge/adapter/golden/";

  private static final RequestHeaders NO_HEADERS =
      new RequestHeaders() {
        @Override
        public Set<String> names() {
          return Set.of();
        }

        @Override
        public List<String> all(String name) {
          return List.of();
        }
      };

  private static Database database;
  private static ResultsService service;

  @BeforeAll
  static void loadTheRecordedRows() throws SQLException {
    DatabaseConfig config = TestDatabase.empty(false);
    try (Connection connection = DriverManager.getConnection(config.url(), config.user(), null);
        Statement statement = connection.createStatement()) {
      statement.execute(read("schema-clean.sql"));
      statement.execute(read("seed-inserts.sql"));
    }
    database = Database.open(config);
    Clock clock = Clock.systemUTC();
    service =
        new ResultsService(
            new ResultStore(database, clock),
            new RecordStore(database, clock),
            new SummaryStore(database),
            new ResultsAccess(new OpenGate()),
            "Elasticsearch",
            Long.MAX_VALUE,
            clock);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static String read(String file) {
    try (InputStream in = SummaryTest.class.getResourceAsStream(GOLDEN + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyRecordedSummaryIsTheRecordedAnswer() {
    JsonNode index = JSON.readTree(read("index-read.json"));
    return StreamSupport.stream(index.spliterator(), false)
        .map(JsonNode::asString)
        .filter(name -> name.startsWith("summary-"))
        .map(name -> dynamicTest(name, () -> check(JSON.readTree(read("read/" + name + ".json")))));
  }

  private static void check(JsonNode recorded) throws InvalidProtocolBufferException {
    JsonNode body = recorded.at("/response/body");
    URI uri = URI.create(recorded.at("/request/path").asString());
    try {
      assertThat(JSON.readTree(answer(request(uri)))).isEqualTo(JSON.readTree(asDoubles(body)));
    } catch (RequestException e) {
      assertThat(e.code()).isEqualTo(RequestException.Code.INVALID_ARGUMENT);
      assertThat(e.getMessage()).isEqualTo(body.path("message").asString());
    }
  }

  /** The recorded numbers, as the protobuf library prints them. */
  private static String asDoubles(JsonNode body) throws InvalidProtocolBufferException {
    com.google.protobuf.Struct.Builder struct = com.google.protobuf.Struct.newBuilder();
    JsonFormat.parser().merge(body.toString(), struct);
    return JsonFormat.printer().print(struct);
  }

  private static String answer(RecordListSummaryRequest request)
      throws InvalidProtocolBufferException {
    return JsonFormat.printer()
        .print(service.getRecordListSummary(request, new Call(NO_HEADERS, Deadline.never())));
  }

  private static RecordListSummaryRequest request(URI uri) {
    Map<String, String> query =
        Arrays.stream((uri.getRawQuery() == null ? "" : uri.getRawQuery()).split("&", -1))
            .filter(part -> part.contains("="))
            .collect(
                Collectors.toMap(
                    part -> part.substring(0, part.indexOf('=')),
                    part ->
                        URLDecoder.decode(
                            part.substring(part.indexOf('=') + 1), StandardCharsets.UTF_8)));
    String path = uri.getPath();
    return RecordListSummaryRequest.newBuilder()
        .setParent(path.substring(path.indexOf("/parents/") + 9, path.indexOf("/records/")))
        .setSummary(query.getOrDefault("summary", ""))
        .setFilter(query.getOrDefault("filter", ""))
        .setGroupBy(query.getOrDefault("group_by", ""))
        .setOrderBy(query.getOrDefault("order_by", ""))
        .build();
  }

  @Test
  void aTimeThatIsNoneIsNotCountedAsOne() throws InvalidProtocolBufferException {
    TestDatabase.record(
        database,
        "odd/results/r/records/a",
        "tekton.dev/v1.TaskRun",
        "{\"status\": {\"startTime\": \"2024-02-30T00:00:00Z\", \"completionTime\": \"soon\"}}");
    RecordListSummaryRequest request =
        RecordListSummaryRequest.newBuilder()
            .setParent("odd/results/-")
            .setSummary("total,avg_duration,last_runtime")
            .setGroupBy("day startTime")
            .build();

    assertThat(JSON.readTree(answer(request)))
        .isEqualTo(
            JSON.readTree(
                """
                {"summary": [{"total": 1.0, "avg_duration": null, "last_runtime": null,
                              "group_value": null}]}
                """));
  }
}
