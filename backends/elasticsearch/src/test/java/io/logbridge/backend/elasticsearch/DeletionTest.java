// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.testkit.Reading;
import io.logbridge.embedded.elasticsearch.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deletions whose query a real server runs. */
class DeletionTest {

  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
  private static final TimeRange HOUR = new TimeRange(START, START.plusSeconds(3600));
  private static final ContainerRef BUILD = new ContainerRef("ci", "run-pod", null, "step-build");
  private static final ContainerRef TEST = new ContainerRef("ci", "run-pod", null, "step-test");
  private static final ContainerRef OTHER = new ContainerRef("ci", "run-pod-2", null, "step-build");
  private static final int LINES = 10;

  private final TestStore store = store();

  @Test
  void deletion_takesTheWindowOfTheContainerOnly() throws Exception {
    fill("deletion-1", BUILD, TEST, OTHER);
    try (DeleteByQueryServer server = new DeleteByQueryServer(store, UnaryOperator.identity());
        LogBackend backend = open(server, "deletion-1")) {
      backend.delete(BUILD, new TimeRange(START.plusSeconds(2), START.plusSeconds(8)), soon());

      assertThat(texts(backend, BUILD)).containsExactly("line 0", "line 1", "line 8", "line 9");
      assertThat(texts(backend, TEST)).hasSize(LINES);
      assertThat(texts(backend, OTHER)).hasSize(LINES);
      assertThat(server.targets())
          .singleElement()
          .satisfies(target ->
              assertThat(target)
                  .startsWith("/deletion-1/_delete_by_query?")
                  .contains("conflicts=proceed", "refresh=true"));
    }
  }

  @Test
  void emptyWindow_asksTheStoreNothing() throws Exception {
    try (DeleteByQueryServer server = new DeleteByQueryServer(store, UnaryOperator.identity());
        LogBackend backend = open(server, "deletion-none")) {
      backend.delete(BUILD, new TimeRange(START, START), soon());

      assertThat(server.targets()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'\"deleted\":10', '\"deleted\":9', UNAVAILABLE",
    "'\"timed_out\":false', '\"timed_out\":true', TIMED_OUT",
    "'\"total\":10', '\"other\":10', MALFORMED",
  })
  void deletionThatIsNotWhole_fails(String answered, String instead, Reason reason)
      throws Exception {
    String index = "deletion-part-" + reason.name().toLowerCase(java.util.Locale.ROOT);
    fill(index, BUILD);
    try (DeleteByQueryServer server =
            new DeleteByQueryServer(store, answer -> answer.replace(answered, instead));
        LogBackend backend = open(server, index)) {
      assertThat(failure(backend).reason()).isEqualTo(reason);
    }
  }

  @Test
  void fieldThatFindsOthersToo_isNotDeletedBy() throws Exception {
    store.createIndex(
        "deletion-text",
        """
        {"mappings":{"properties":{"@timestamp":{"type":"date"},"log":{"type":"text"},
          "kubernetes":{"properties":{"namespace_name":{"type":"keyword"},
            "pod_name":{"type":"text"},"container_name":{"type":"keyword"}}}}}}
        """);
    fill("deletion-text", BUILD);
    try (DeleteByQueryServer server = new DeleteByQueryServer(store, UnaryOperator.identity());
        LogBackend backend = open(server, "deletion-text")) {
      LogBackendException failure = failure(backend);

      assertThat(failure.reason()).isEqualTo(Reason.BAD_QUERY);
      assertThat(failure).hasMessageContaining("the field of the pod is mapped as text");
      assertThat(server.targets()).isEmpty();
      assertThat(texts(backend, BUILD)).hasSize(LINES);
    }
  }

  private static LogBackendException failure(LogBackend backend) {
    return catchThrowableOfType(
        LogBackendException.class, () -> backend.delete(BUILD, HOUR, soon()));
  }

  private static List<String> texts(LogBackend backend, ContainerRef container)
      throws InterruptedException {
    return Reading.all(backend, LogQuery.forward(container, HOUR)).stream()
        .map(LogEntry::text)
        .toList();
  }

  private static LogBackend open(DeleteByQueryServer server, String index) {
    return TestBackends.open(Map.of("urls", server.url(), "index", index));
  }

  private void fill(String index, ContainerRef... containers) throws Exception {
    StringBuilder bulk = new StringBuilder();
    for (ContainerRef container : containers) {
      IntStream.range(0, LINES)
          .forEach(i ->
              bulk.append(
                  """
                  {"create":{"_index":"%s"}}
                  {"@timestamp":"%s","log":"line %d\\n","kubernetes":{"namespace_name":"%s",\
                  "pod_name":"%s","container_name":"%s"}}
                  """
                      .formatted(
                          index,
                          START.plusSeconds(i),
                          i,
                          container.namespace(),
                          container.pod(),
                          container.container())));
    }
    store.bulk(bulk.toString());
  }

  private static Deadline soon() {
    return Deadline.after(TestBackends.CEILING);
  }

  private static TestStore store() {
    try {
      return TestStore.of(Version.V9);
    } catch (Exception e) {
      throw new IllegalStateException("the server cannot be started", e);
    }
  }
}
