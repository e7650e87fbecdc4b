// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.testkit.Reading;
import io.logbridge.embedded.elasticsearch.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can happen to an index while it is read, on real servers. */
class TroubleTest {

  private static final ContainerRef CONTAINER =
      new ContainerRef("ci", "build-pod", null, "step-build");
  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
  private static final TimeRange HOUR = new TimeRange(START, START.plusSeconds(3600));
  private static final LogQuery QUERY = LogQuery.forward(CONTAINER, HOUR);

  @ParameterizedTest
  @CsvSource({"V9, FORWARD", "V9, BACKWARD", "V8, FORWARD", "V8, BACKWARD"})
  void expiredPointInTime_costsNoLineAndRepeatsNone(Version version, Direction direction)
      throws Exception {
    TestStore store = TestStore.of(version);
    String index = "expiry-" + direction.name().toLowerCase(Locale.ROOT);
    List<String> texts = fill(store, index, 400);
    LogQuery query = new LogQuery(CONTAINER, HOUR, direction, LogQuery.ALL);
    try (LogBackend backend =
            TestBackends.open(
                store,
                index,
                "pageSize.initial",
                "25",
                "pageSize.max",
                "25",
                "pointInTimeKeepAlive",
                "1s");
        LogReader reader = backend.open(query)) {
      List<String> read = new ArrayList<>(texts(reader.read(soon())));
      awaitNoPointInTime(store, index);
      read.addAll(texts(reader.read(soon())));
      // Lines that came meanwhile belong before and behind the place of the reader.
      fill(store, index, 400);
      awaitNoPointInTime(store, index);
      Reading.rest(reader).forEach(entry -> read.add(entry.text()));

      List<String> expected = direction == Direction.FORWARD ? texts : texts.reversed();
      assertThat(new ArrayList<>(new LinkedHashSet<>(read))).isEqualTo(expected);
      assertThat(read.subList(0, 40)).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @EnumSource
  void indexDeletedBetweenPages_isIncomplete(Version version) throws Exception {
    TestStore store = TestStore.of(version);
    fill(store, "vanish-1", 60);
    fill(store, "vanish-2", 60);
    try (LogBackend backend =
            TestBackends.open(store, "vanish-*", "pageSize.initial", "20", "pageSize.max", "20");
        LogReader reader = backend.open(QUERY)) {
      reader.read(soon());
      store.send("DELETE", "/vanish-2", "");

      LogBackendException failure =
          catchThrowableOfType(LogBackendException.class, () -> Reading.rest(reader));

      assertThat(failure.reason()).isEqualTo(Reason.INCOMPLETE);
      assertThat(failure).hasMessageContaining("vanish-*");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shardThatIsNotThere_isUnavailable(Version version) throws Exception {
    TestStore store = TestStore.of(version);
    fill(store, "red-1", 10);
    store.send(
        "PUT",
        "/red-2?wait_for_active_shards=0&timeout=1ms",
        """
        {"settings":{"number_of_replicas":0,"index.routing.allocation.require._name":"none"}}\
        """);
    try (LogBackend backend = TestBackends.open(store, "red-*")) {
      assertThat(failure(backend).reason()).isEqualTo(Reason.UNAVAILABLE);
    } finally {
      store.send("DELETE", "/red-1,red-2", "");
    }
  }

  @ParameterizedTest
  @EnumSource
  void closedIndexOfTheWindow_isIncomplete(Version version) throws Exception {
    TestStore store = TestStore.of(version);
    fill(store, "closed-2026.11.20", 10);
    store.send("POST", "/closed-2026.11.20/_close", "");
    try (LogBackend backend = TestBackends.open(store, "closed-{date:yyyy.MM.dd}")) {
      LogBackendException failure = failure(backend);

      assertThat(failure.reason()).isEqualTo(Reason.INCOMPLETE);
      assertThat(failure).hasMessageContaining("closed-2026.11.20 is closed");
    }
  }

  @ParameterizedTest
  @CsvSource({"V9, nope", "V9, nope-*", "V9, 'nope-{date:yyyy.MM.dd}'", "V8, nope", "V8, nope-*"})
  void noIndex_isNotFoundAndNamed(Version version, String index) throws Exception {
    try (LogBackend backend = TestBackends.open(TestStore.of(version), index)) {
      LogBackendException failure = failure(backend);

      assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
      assertThat(failure).hasMessageContaining("nope").hasMessageContaining("retention");
    }
  }

  @Test
  void otherShippersFields_areReportedAndNotAnEmptyLog() throws Exception {
    TestStore store = TestStore.of(Version.V9);
    fill(store, "preset-1", 3);
    try (LogBackend backend = TestBackends.open(store, "preset-1", "fields.preset", "filebeat")) {
      LogBackendException failure = failure(backend);

      assertThat(failure.reason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure)
          .hasMessageContaining("kubernetes.namespace not mapped")
          .hasMessageContaining("fields.preset");
    }
  }

  @ParameterizedTest
  @EnumSource
  void smallerResultWindow_isRespected(Version version) throws Exception {
    TestStore store = TestStore.of(version);
    store.createIndex("window-1", "{\"settings\":{\"index.max_result_window\":30}}");
    List<String> texts = fill(store, "window-1", 200);
    try (LogBackend backend = TestBackends.open(store, "window-1")) {
      assertThat(Reading.all(backend, QUERY)).extracting(LogEntry::text).isEqualTo(texts);
    }
  }

  @Test
  void indexWithoutSequenceNumbers_isReadWhole() throws Exception {
    TestStore store = TestStore.of(Version.V9);
    store.createIndex(
        "noseq-1",
        """
        {"settings":{"index.mode":"logsdb","index.disable_sequence_numbers":true},"mappings":{
          "properties":{"@timestamp":{"type":"date_nanos"},"host.name":{"type":"keyword"}}}}\
        """);
    List<String> texts = fill(store, "noseq-1", 50);
    try (LogBackend backend =
        TestBackends.open(store, "noseq-1", "pageSize.initial", "7", "pageSize.max", "7")) {
      assertThat(Reading.all(backend, QUERY)).extracting(LogEntry::text).isEqualTo(texts);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pagesThatAreTooLong_areAskedForInSmallerOnes(boolean compressed) throws Exception {
    TestStore store = TestStore.of(Version.V9);
    String index = "long-" + compressed;
    List<String> texts = fill(store, index, 30, "x".repeat(20_000));
    try (LogBackend backend =
        TestBackends.open(
            store, index, "pageSize.responseBytes", "65536", "compression", "" + compressed)) {
      assertThat(Reading.all(backend, QUERY)).extracting(LogEntry::text).isEqualTo(texts);
    }
  }

  @Test
  void lineThatIsTooLong_isReportedWithItsLimit() throws Exception {
    TestStore store = TestStore.of(Version.V9);
    fill(store, "long-2", 3, "x".repeat(100_000));
    try (LogBackend backend =
        TestBackends.open(store, "long-2", "pageSize.responseBytes", "65536")) {
      LogBackendException failure = failure(backend);

      assertThat(failure.reason()).isEqualTo(Reason.INCOMPLETE);
      assertThat(failure).hasMessageContaining("pageSize.responseBytes: 65536");
    }
  }

  private static LogBackendException failure(LogBackend backend) {
    return catchThrowableOfType(LogBackendException.class, () -> Reading.all(backend, QUERY));
  }

  private static Deadline soon() {
    return Deadline.after(TestBackends.CEILING);
  }

  private static List<String> texts(LogPage page) {
    return page.entries().stream().map(LogEntry::text).toList();
  }

  private static List<String> fill(TestStore store, String index, int count) throws Exception {
    return fill(store, index, count, "");
  }

  /** Ten lines to a millisecond, told apart by their nanoseconds. */
  private static List<String> fill(TestStore store, String index, int count, String padding)
      throws Exception {
    StringBuilder bulk = new StringBuilder();
    for (int i = 0; i < count; i++) {
      bulk.append(
          """
          {"create":{"_index":"%s"}}
          {"@timestamp":"%s","log":"line %d%s\\n","host":{"name":"n"},"kubernetes":{\
          "namespace_name":"ci","pod_name":"build-pod","container_name":"step-build"}}
          """
              .formatted(index, START.plusNanos(i * 100_000L + 1), i, padding));
    }
    store.bulk(bulk.toString());
    return IntStream.range(0, count).mapToObj(i -> "line " + i + padding).toList();
  }

  private static void awaitNoPointInTime(TestStore store, String index) {
    await()
        .atMost(TestBackends.CEILING)
        .until(() ->
            store
                .send("GET", "/" + index + "/_stats/search?filter_path=_all.total.search", "")
                .contains("\"open_contexts\":0"));
  }
}
