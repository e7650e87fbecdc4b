// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.testkit.Reading;
import io.logbridge.embedded.elasticsearch.Version;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The page that is asked for while the one before it is parsed, on real servers. */
class AskAheadTest {

  private static final int PAGE = 25;
  private static final ContainerRef CONTAINER =
      new ContainerRef("ci", "build-pod", null, "step-build");
  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
  private static final LogQuery QUERY =
      LogQuery.forward(CONTAINER, new TimeRange(START, START.plusSeconds(3600)));

  @ParameterizedTest
  @EnumSource
  void nextPage_isAskedForBeforeItIsRead(Version version) throws Exception {
    TestStore store = TestStore.of(version);
    fill(store, "ahead-1", 10 * PAGE);
    try (RecordingProxy proxy = new RecordingProxy(store.uri(), null);
        LogBackend backend = backend(proxy, "ahead-1");
        LogReader reader = backend.open(QUERY)) {
      reader.read(Deadline.after(TestBackends.CEILING));
      reader.read(Deadline.after(TestBackends.CEILING));

      await().atMost(TestBackends.CEILING).until(() -> searches(proxy) == 3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "V9, 0, 1",
    "V9, 24, 1",
    "V9, 25, 2",
    "V9, 60, 3",
    "V9, 250, 11",
    "V8, 60, 3",
    "V8, 250, 11",
  })
  void everyPage_isAskedForOnce(Version version, int lines, int searches) throws Exception {
    TestStore store = TestStore.of(version);
    String index = "ahead-" + lines + "-lines";
    fill(store, index, lines);
    try (RecordingProxy proxy = new RecordingProxy(store.uri(), null);
        LogBackend backend = backend(proxy, index)) {
      assertThat(Reading.all(backend, QUERY))
          .extracting(LogEntry::text)
          .isEqualTo(IntStream.range(0, lines).mapToObj(i -> "line " + i).toList());

      assertThat(searches(proxy)).isEqualTo(searches);
    }
  }

  private static LogBackend backend(RecordingProxy proxy, String index) {
    String size = String.valueOf(PAGE);
    return TestBackends.open(
        Map.of(
            "urls", proxy.url(), "index", index, "pageSize.initial", size, "pageSize.max", size));
  }

  private static long searches(RecordingProxy proxy) {
    return proxy.requests().stream().filter(request -> request.path().equals("/_search")).count();
  }

  /** Also a line of another container, so that the index has its mapping without any of this. */
  private static void fill(TestStore store, String index, int count) throws Exception {
    StringBuilder bulk = new StringBuilder();
    for (int i = -1; i < count; i++) {
      bulk.append(
          """
          {"create":{"_index":"%s"}}
          {"@timestamp":"%s","log":"line %d\\n","sort":[1,2,3],"kubernetes":{\
          "namespace_name":"ci","pod_name":"build-pod","container_name":"%s"}}
          """
              .formatted(index, START.plusMillis(i + 1), i, i < 0 ? "other" : "step-build"));
    }
    store.bulk(bulk.toString());
  }
}
