// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.embedded.elasticsearch.Version;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How far back the indices of a namespace reach, asked of real servers. */
class OldestLineTest {

  private static final String MAPPING =
      """
      {"mappings": {"properties": {
         "@timestamp": {"type": "%s"},
         "kubernetes": {"properties": {
           "namespace_name": {"type": "keyword"}, "pod_name": {"type": "keyword"},
           "container_name": {"type": "keyword"}}}}}}\
      """;

  private static void document(TestStore store, String index, String time) throws Exception {
    store.index(index, "{\"@timestamp\":\"" + time + "\",\"log\":\"hello\"}");
  }

  private static Optional<Instant> oldest(TestStore store, String index, String namespace)
      throws Exception {
    try (LogBackend backend = TestBackends.open(store, index)) {
      return backend.oldest(
          new ContainerRef(namespace, "pod", null, "step"), Deadline.after(TestBackends.CEILING));
    }
  }

  @ParameterizedTest
  @CsvSource({"V9, date", "V9, date_nanos", "V8, date", "V8, date_nanos"})
  void theOldestLine_isThatOfTheNamespacesIndices_onAnyDay(Version version, String type)
      throws Exception {
    TestStore store = TestStore.of(version);
    String name = "oldest-" + type.replace('_', '-');
    for (String index : new String[] {"-a-2026.11.21", "-a-2026.11.22", "-b-2026.11.20"}) {
      store.createIndex(name + index, MAPPING.formatted(type));
    }
    document(store, name + "-a-2026.11.22", "2026-11-22T08:00:00Z");
    document(store, name + "-a-2026.11.21", "2026-11-21T08:00:00.123456789Z");
    document(store, name + "-b-2026.11.20", "2026-11-20T08:00:00Z");

    assertThat(oldest(store, name + "-{namespace}-{date:yyyy.MM.dd}", "a"))
        .contains(Instant.parse("2026-11-21T08:00:00.123Z"));
  }

  @ParameterizedTest
  @EnumSource
  void indicesWithoutALine_haveNoOldest(Version version) throws Exception {
    TestStore store = TestStore.of(version);
    store.createIndex("oldest-of-none", MAPPING.formatted("date"));

    assertThat(oldest(store, "oldest-of-none", "a")).isEmpty();
  }
}
