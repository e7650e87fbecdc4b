// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.loki.fake.FakeLoki;
import io.logbridge.backend.loki.fake.FakeOptions;
import io.logbridge.backend.loki.fake.FakeOptions.Lookback;
import io.logbridge.backend.testkit.Reading;
import io.logbridge.backend.testkit.StoredLine;
import io.logbridge.backend.testkit.proxy.Fault;
import io.logbridge.backend.testkit.proxy.FaultProxy;
import io.logbridge.backend.testkit.proxy.HttpAnswer;
import io.logbridge.backend.testkit.proxy.ProxiedRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server's limits, labels and tenants do to a read. */
class LokiReaderTest {

  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
  private static final Instant NOW = START.plus(Duration.ofDays(30));
  private static final ContainerRef CONTAINER =
      new ContainerRef("ci", "run-pod", "7c1d6f0e-1f35-4b8c-9d52-3f6a5b0e9c11", "step-a");

  private final List<ProxiedRequest> requests = new CopyOnWriteArrayList<>();
  private FakeLoki loki;
  private FaultProxy proxy;

  private void start(FakeOptions options) throws IOException {
    loki = FakeLoki.start(options);
    proxy = FaultProxy.start(loki.uri());
    proxy.inject(
        request -> {
          requests.add(request);
          return false;
        },
        Fault.Break.RESET);
  }

  @AfterEach
  void stop() {
    proxy.close();
    loki.close();
  }

  @Test
  void serversMaximumOfEntries_isLearntOnce() throws Exception {
    start(FakeOptions.DEFAULT.limited(50, Duration.ofDays(30)).shuffled());
    List<StoredLine> lines = numbered(LokiLayout.PROMTAIL, 300, Duration.ofMillis(1));
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      assertThat(texts(backend, all())).isEqualTo(texts(lines));
      assertThat(refused()).isEqualTo(1);
      requests.clear();
      assertThat(texts(backend, all())).isEqualTo(texts(lines));
      assertThat(refused()).isZero();
    }
  }

  @Test
  void maximumOfEntriesByItsOldName_isLearntToo() throws Exception {
    start(FakeOptions.DEFAULT);
    List<StoredLine> lines = numbered(LokiLayout.PROMTAIL, 300, Duration.ofMillis(1));
    refuse(
        request -> !request.target().contains("limit=50&"),
        "max entries limit per query exceeded, limit > max_entries_limit (501 > 50)");
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      assertThat(texts(backend, all())).isEqualTo(texts(lines));
      assertThat(refused()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the query would read too many bytes (query: 5GiB, limit: 1GiB); consider adding more",
        "query too large to execute on a single querier: (query: 5GiB, limit: 1GiB); consider",
        "un-shardable query too large to execute on a single querier: (query: 5GiB, limit: 1GiB)",
      })
  void windowOfTooManyBytes_isHalved(String text) throws Exception {
    start(FakeOptions.DEFAULT);
    List<StoredLine> lines = numbered(LokiLayout.PROMTAIL, 3, Duration.ofDays(4));
    refuse(request -> length(request).compareTo(Duration.ofDays(3)) > 0, text);
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      assertThat(texts(backend, all())).isEqualTo(texts(lines));
      assertThat(requests.stream().map(LokiReaderTest::length))
          .startsWith(Duration.ofDays(10), Duration.ofDays(5), Duration.ofHours(60));
    }
  }

  private static Duration length(ProxiedRequest request) {
    Matcher window = Pattern.compile("start=(\\d+)&end=(\\d+)").matcher(request.target());
    assertThat(window.find()).isTrue();
    return Duration.ofNanos(Long.parseLong(window.group(2)) - Long.parseLong(window.group(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stream selector is missing required matchers [app, team], labels present in the query were"
            + " [namespace, pod] | wants a value of app, team in each query",
        "stream selector has less label matchers than required: (present: [namespace],"
            + " number_present: 1, required_number_label_matchers: 4) | wants 4 labels in each query",
      })
  void labelsThatLokiWantsInEachQuery_areNamedWithTheSetting(String text, String wanted)
      throws Exception {
    start(FakeOptions.DEFAULT);
    refuse(_ -> true, text);
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      LogBackendException failure = failure(backend, all());

      assertThat(failure.reason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure)
          .hasMessage(
              "Loki query_range: status 400, Loki "
                  + wanted
                  + " (expected: them in logStorage.loki.labels, or with their values in"
                  + " logStorage.loki.labels.always)");
    }
  }

  private void refuse(Predicate<ProxiedRequest> which, String text) {
    proxy.inject(
        request -> {
          requests.add(request);
          return request.path().endsWith("/query_range") && which.test(request);
        },
        new Fault.Answer(HttpAnswer.of(400, "text/plain; charset=utf-8", text)));
  }

  @Test
  void longWindow_isCutToWhatTheServerAllows() throws Exception {
    start(FakeOptions.DEFAULT.limited(5000, Duration.ofHours(25)));
    List<StoredLine> lines = numbered(LokiLayout.PROMTAIL, 20, Duration.ofHours(7));
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      assertThat(texts(backend, all())).isEqualTo(texts(lines));
      assertThat(texts(backend, LogQuery.backward(CONTAINER, all().range(), 5)))
          .isEqualTo(texts(lines.reversed()));
    }
  }

  @Test
  void openEnd_isSearchedNoFurtherThanTomorrow() throws Exception {
    start(FakeOptions.DEFAULT);
    numbered(LokiLayout.PROMTAIL, 3, Duration.ofHours(1));
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      assertThat(texts(backend, LogQuery.forward(CONTAINER, new TimeRange(START, null))))
          .hasSize(3);
    }
    assertThat(range().get("end")).isEqualTo(nanos(NOW.plus(Duration.ofDays(1))));
  }

  @Test
  void moreLinesOfOneInstantThanTheServerGives_failTheRead() throws Exception {
    start(FakeOptions.DEFAULT.limited(50, Duration.ofDays(30)).shuffled());
    numbered(LokiLayout.PROMTAIL, 60, Duration.ZERO);
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      LogBackendException failure = failure(backend, all());

      assertThat(failure.reason()).isEqualTo(Reason.INCOMPLETE);
      assertThat(failure)
          .hasMessageContaining("at least 50 lines of one instant, 2026-11-20T08:00:00Z")
          .hasMessageContaining("max_entries_limit_per_query");
    }
  }

  @Test
  void linesOfOneInstant_areInOrderOfTheirSequence() throws Exception {
    start(LokiLayout.VIAQ.options);
    List<StoredLine> lines = numbered(LokiLayout.VIAQ, 200, Duration.ZERO);
    Map<String, String> settings = new HashMap<>();
    settings.put("url", proxy.uri() + "/api/logs/v1/application");
    settings.put("token", LokiFixture.TOKEN);
    settings.put("pageSize.max", "30");
    try (LogBackend backend = open(LokiLayout.VIAQ, settings)) {
      assertThat(texts(backend, all())).isEqualTo(texts(lines));
    }
  }

  @Test
  void requests_askForTheWholeTruth() throws Exception {
    start(FakeOptions.DEFAULT.withTenants());
    numbered(LokiLayout.VECTOR, 3, Duration.ofMillis(1));
    try (LogBackend backend = open(LokiLayout.VECTOR)) {
      assertThat(texts(backend, all())).hasSize(3);
    }
    ProxiedRequest request = requests.getFirst();
    assertThat(request.path()).isEqualTo("/loki/api/v1/query_range");
    assertThat(request.headers())
        .containsEntry("x-loki-response-encoding-flags", List.of("categorize-labels"))
        .containsEntry("x-scope-orgid", List.of("team-a"));
    assertThat(range())
        .containsEntry("direction", "forward")
        .containsEntry("limit", "501")
        .containsEntry("start", nanos(START))
        .containsEntry(
            "query", "%7Bnamespace%3D%22ci%22%2Cpod%3D%22run-pod%22%2Ccontainer%3D%22step-a%22%7D");
  }

  @Test
  void labelThatNoStreamHas_isNamedWithItsSetting() throws Exception {
    start(FakeOptions.DEFAULT);
    numbered(LokiLayout.FLUENT_BIT, 3, Duration.ofMillis(1));
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      LogBackendException failure = failure(backend, all());

      assertThat(failure.reason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure)
          .hasMessage(
              "Loki has no label \"namespace\" (logStorage.loki.labels.namespace, expected: one of"
                  + " job, kubernetes_container_name, kubernetes_namespace_name,"
                  + " kubernetes_pod_name, service_name)");
    }
  }

  @Test
  void valueThatNoStreamHas_isNamedWithItsSetting() throws Exception {
    start(FakeOptions.DEFAULT);
    numbered(LokiLayout.FLUENT_BIT, 3, Duration.ofMillis(1));
    Map<String, String> settings = settings(LokiLayout.FLUENT_BIT);
    settings.put("labels.always", "job=fluentbit,service_name=fluent-bit");
    try (LogBackend backend = TestBackends.open(settings, START.plusSeconds(60))) {
      String message =
          "Loki has no stream {job=\"fluentbit\",service_name=\"fluent-bit\"} at that time"
              + " (logStorage.loki.labels.always, expected: labels that all streams have, with"
              + " their values)";

      LogBackendException failure = failure(backend, all());
      assertThat(failure.reason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure).hasMessage(message);
      assertThat(catchThrowableOfType(LogBackendException.class, () -> backend.check(inTime())))
          .hasMessage(message);
    }
  }

  @Test
  void containerThatWroteNothing_hasAnEmptyLogWhereOthersHaveTheValues() throws Exception {
    start(FakeOptions.DEFAULT);
    numbered(LokiLayout.FLUENT_BIT, 3, Duration.ofMillis(1));
    ContainerRef other = new ContainerRef("ci", "run-pod", null, "step-b");
    try (LogBackend backend =
        open(LokiLayout.FLUENT_BIT, Map.of("labels.always", "job=fluent-bit"))) {
      assertThat(texts(backend, LogQuery.forward(other, all().range()))).isEmpty();
    }
  }

  @Test
  void check_namesTheLabelThatIsMissing() throws Exception {
    start(FakeOptions.DEFAULT);
    numbered(LokiLayout.FLUENT_BIT, 3, Duration.ofMillis(1));
    try (LogBackend backend =
        TestBackends.open(settings(LokiLayout.PROMTAIL), START.plusSeconds(60))) {
      LogBackendException failure =
          catchThrowableOfType(LogBackendException.class, () -> backend.check(inTime()));

      assertThat(failure.reason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure).hasMessageContaining("Loki has no label \"namespace\"");
    }
  }

  @Test
  void containerThatWroteNothing_hasAnEmptyLog() throws Exception {
    start(FakeOptions.DEFAULT);
    numbered(LokiLayout.PROMTAIL, 3, Duration.ofMillis(1));
    ContainerRef other = new ContainerRef("ci", "run-pod", null, "step-b");
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      assertThat(texts(backend, LogQuery.forward(other, all().range()))).isEmpty();
    }
  }

  @Test
  void emptyLogOfALongTime_isLookedIntoWithinTheServersLimit() throws Exception {
    start(FakeOptions.DEFAULT.limited(5000, Duration.ofDays(11)));
    numbered(LokiLayout.PROMTAIL, 3, Duration.ofDays(4));
    ContainerRef other = new ContainerRef("ci", "run-pod", null, "step-b");
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      assertThat(texts(backend, LogQuery.forward(other, all().range()))).isEmpty();
      Instant end = START.plus(Duration.ofDays(20));
      assertThat(texts(backend, LogQuery.forward(other, new TimeRange(START, end)))).isEmpty();
    }
  }

  /** LokiStack's gateway wants a namespace in every request; other proxies let queries through. */
  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405})
  void emptyLog_staysOneWhereLabelsMayNotBeSeen(int status) throws Exception {
    start(FakeOptions.DEFAULT);
    numbered(LokiLayout.PROMTAIL, 3, Duration.ofMillis(1));
    refuseLabels(status);
    ContainerRef other = new ContainerRef("ci", "run-pod", null, "step-b");
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      assertThat(texts(backend, LogQuery.forward(other, all().range()))).isEmpty();
      assertThat(texts(backend, LogQuery.backward(other, all().range(), 5))).isEmpty();
      assertThat(texts(backend, all())).hasSize(3);
      backend.check(inTime());
    }
  }

  @Test
  void emptyLog_failsWhereTheLookUpFails() throws Exception {
    start(FakeOptions.DEFAULT);
    refuseLabels(503);
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      assertThat(failure(backend, all()).reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(
              catchThrowableOfType(LogBackendException.class, () -> backend.check(inTime()))
                  .reason())
          .isEqualTo(Reason.UNAVAILABLE);
    }
  }

  @Test
  void check_failsWhereLogsMayNotBeSeenEither() throws Exception {
    start(LokiLayout.VIAQ.options);
    Map<String, String> wrong = Map.of("token", "wrong");
    try (LogBackend backend = open(LokiLayout.VIAQ, wrong)) {
      LogBackendException failure =
          catchThrowableOfType(LogBackendException.class, () -> backend.check(inTime()));

      assertThat(failure.reason()).isEqualTo(Reason.ACCESS_DENIED);
      assertThat(failure).hasMessage("Loki query_range: status 401");
    }
  }

  private void refuseLabels(int status) {
    proxy.inject(
        request -> request.path().endsWith("/labels"),
        new Fault.Answer(HttpAnswer.of(status, "application/json", "{\"error\":\"no\"}")));
  }

  @Test
  void lineThatOnlyMentionsAContainer_isNotIts() throws Exception {
    start(FakeOptions.DEFAULT);
    LokiLayout layout = LokiLayout.FLUENT_BIT_BY_JOB;
    StoredLine own = StoredLine.of(CONTAINER, START, LogStream.STDOUT, "its own");
    String names = "\"ci\" \"run-pod\" \"step-a\" " + CONTAINER.podUid();
    StoredLine mentions =
        StoredLine.of(
            new ContainerRef("other", "pod", CONTAINER.podUid(), "step"),
            START.plusSeconds(1),
            LogStream.STDOUT,
            names);
    try (LokiPusher pusher = new LokiPusher(loki.uri(), layout)) {
      pusher.push(List.of(own, mentions));
      pusher.pushBare(StoredLine.of(CONTAINER, START.plusSeconds(2), LogStream.STDOUT, names));
    }
    try (LogBackend backend = open(layout);
        LogReader reader = backend.open(all())) {
      assertThat(Reading.rest(reader)).extracting(LogEntry::text).containsExactly("its own");
      assertThat(reader.undecoded()).isEqualTo(1);
      backend.delete(CONTAINER, all().range(), inTime());
      loki.processDeletions();
      assertThat(texts(backend, all())).isEmpty();
      assertThat(texts(backend, LogQuery.forward(mentions.container(), all().range())))
          .containsExactly(names);
    }
  }

  @Test
  void explanation_showsWhatTheLineIsSearchedFor() throws Exception {
    start(LokiLayout.VIAQ_BY_NAMESPACE.options);
    try (LogBackend backend = open(LokiLayout.VIAQ_BY_NAMESPACE)) {
      assertThat(backend.explain(all(), inTime()))
          .contains(
              "{kubernetes_namespace_name=\"ci\",log_type=\"application\"}"
                  + " |= \"\\\"run-pod\\\"\" |= \"\\\"step-a\\\"\"");
    }
  }

  @Test
  void deletionOfLinesThatLokiCannotTell_isRefusedWithWhatIsExpected() throws Exception {
    start(FakeOptions.DEFAULT);
    try (LogBackend backend = open(LokiLayout.FLUENTD_BY_NAMESPACE)) {
      LogBackendException failure =
          catchThrowableOfType(
              LogBackendException.class, () -> backend.delete(CONTAINER, all().range(), inTime()));

      assertThat(failure.reason()).isEqualTo(Reason.BAD_QUERY);
      assertThat(failure)
          .hasMessage(
              "Loki cannot tell this container's lines from others' to delete them"
                  + " (logStorage.loki.labels, expected: labels of pod and container, or lines of"
                  + " JSON with one field for each)");
    }
    assertThat(requests).isEmpty();
  }

  @Test
  void timeOfWhichNothingIsLeft_isNoEmptyLog() throws Exception {
    start(FakeOptions.DEFAULT);
    numbered(LokiLayout.PROMTAIL, 3, Duration.ofMillis(1));
    Instant old = START.minus(Duration.ofDays(90));
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      LogBackendException failure =
          failure(backend, LogQuery.forward(CONTAINER, new TimeRange(old, old.plusSeconds(3600))));

      assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
      assertThat(failure)
          .hasMessageContaining("no logs at all from 2026-08-21T08:00:00Z to 2026-08-23T09:00:00Z")
          .hasMessageContaining("within its retention");
    }
  }

  @Test
  void logBeyondTheLookback_isNoEmptyLog() throws Exception {
    start(FakeOptions.DEFAULT.lookingBack(new Lookback(NOW.minusSeconds(60), false)));
    numbered(LokiLayout.PROMTAIL, 3, Duration.ofMillis(1));
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      Instant old = START.minus(Duration.ofDays(90));
      LogBackendException failure =
          failure(backend, LogQuery.forward(CONTAINER, new TimeRange(old, old.plusSeconds(3600))));

      assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
      assertThat(failure).hasMessageContaining("no logs at all from");
    }
  }

  @Test
  void lookbackThatLokiRefusesToPass_isNamed() throws Exception {
    start(FakeOptions.DEFAULT.lookingBack(new Lookback(NOW.minusSeconds(60), true)));
    numbered(LokiLayout.PROMTAIL, 3, Duration.ofMillis(1));
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      Instant old = START.minus(Duration.ofDays(90));
      LogBackendException failure =
          failure(backend, LogQuery.forward(CONTAINER, new TimeRange(old, old.plusSeconds(3600))));

      assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
      assertThat(failure)
          .hasMessage(
              "Loki query_range: status 400, the log is older than Loki looks back"
                  + " (max_query_lookback: 30d)");
    }
  }

  @Test
  void wrongTenant_isNoEmptyLog() throws Exception {
    start(FakeOptions.DEFAULT.withTenants());
    numbered(LokiLayout.VECTOR, 3, Duration.ofMillis(1));
    Map<String, String> settings = settings(LokiLayout.VECTOR);
    settings.put("tenant", "team-{namespace}");
    try (LogBackend backend = TestBackends.open(settings, NOW)) {
      LogBackendException failure = failure(backend, all());

      assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
      assertThat(failure)
          .hasMessageContaining("tenant \"team-ci\"")
          .hasMessageContaining("logStorage.loki.tenant");
      backend.check(inTime());
    }
  }

  @Test
  void tenantOfTheNamespace_isAsked() throws Exception {
    start(FakeOptions.DEFAULT.withTenants());
    ContainerRef ofTeamA =
        new ContainerRef("a", CONTAINER.pod(), CONTAINER.podUid(), CONTAINER.container());
    try (LokiPusher pusher = new LokiPusher(loki.uri(), LokiLayout.VECTOR)) {
      pusher.push(List.of(StoredLine.of(ofTeamA, START, LogStream.STDOUT, "of tenant team-a")));
    }
    Map<String, String> settings = settings(LokiLayout.VECTOR);
    settings.put("tenant", "team-{namespace}");
    try (LogBackend backend = TestBackends.open(settings, NOW)) {
      assertThat(texts(backend, LogQuery.forward(ofTeamA, all().range())))
          .containsExactly("of tenant team-a");
    }
  }

  @Test
  void missingTenant_isNamedWithItsSetting() throws Exception {
    start(FakeOptions.DEFAULT.withTenants());
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      LogBackendException failure = failure(backend, all());

      assertThat(failure.reason()).isEqualTo(Reason.ACCESS_DENIED);
      assertThat(failure)
          .hasMessage(
              "Loki query_range: status 401, Loki has tenants (expected: logStorage.loki.tenant)");
    }
  }

  @Test
  void lineOfAnotherForm_isGivenAsItIsStored() throws Exception {
    start(FakeOptions.DEFAULT);
    numbered(LokiLayout.PROMTAIL, 1, Duration.ZERO);
    Map<String, String> settings = settings(LokiLayout.PROMTAIL);
    settings.put("line.form", "json");
    try (LogBackend backend = TestBackends.open(settings, NOW)) {
      assertThat(Reading.all(backend, all()))
          .containsExactly(LogEntry.of(START, LogStream.STDOUT, "line 0"));
    }
  }

  @Test
  void deletionWithoutCompactor_isRefusedWithWhatIsExpected() throws Exception {
    start(FakeOptions.DEFAULT.withoutDeletion());
    try (LogBackend backend = open(LokiLayout.PROMTAIL)) {
      LogBackendException failure =
          catchThrowableOfType(
              LogBackendException.class, () -> backend.delete(CONTAINER, all().range(), inTime()));

      assertThat(failure.reason()).isEqualTo(Reason.BAD_QUERY);
      assertThat(failure).hasMessageContaining("compactor.retention_enabled");
    }
  }

  private List<StoredLine> numbered(LokiLayout layout, int count, Duration step) throws Exception {
    List<StoredLine> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant time = START.plus(step.multipliedBy(i));
      lines.add(StoredLine.of(CONTAINER, time, LogStream.STDOUT, "line " + i));
    }
    try (LokiPusher pusher = new LokiPusher(loki.uri(), layout)) {
      pusher.push(lines);
    }
    return lines;
  }

  private Map<String, String> settings(LokiLayout layout) {
    Map<String, String> settings = layout.settings();
    settings.put("url", proxy.uri().toString());
    return settings;
  }

  private LogBackend open(LokiLayout layout) {
    return open(layout, Map.of());
  }

  private LogBackend open(LokiLayout layout, Map<String, String> more) {
    Map<String, String> settings = settings(layout);
    settings.putAll(more);
    return TestBackends.open(settings, NOW);
  }

  private static LogQuery all() {
    return LogQuery.forward(CONTAINER, new TimeRange(START, START.plus(Duration.ofDays(10))));
  }

  private static List<String> texts(LogBackend backend, LogQuery query)
      throws InterruptedException {
    return Reading.all(backend, query).stream().map(LogEntry::text).toList();
  }

  private static List<String> texts(List<StoredLine> lines) {
    return lines.stream().map(StoredLine::text).toList();
  }

  private static LogBackendException failure(LogBackend backend, LogQuery query) {
    return catchThrowableOfType(LogBackendException.class, () -> Reading.all(backend, query));
  }

  /** The parameters of the first request, encoded. */
  private Map<String, String> range() {
    Map<String, String> parameters = new HashMap<>();
    String target = requests.getFirst().target();
    for (String pair : target.substring(target.indexOf('?') + 1).split("&", -1)) {
      parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return parameters;
  }

  /** How many requests asked for more than the server gives. */
  private long refused() {
    return requests.stream().filter(request -> !request.target().contains("limit=50&")).count();
  }

  private static String nanos(Instant instant) {
    return instant.getEpochSecond() + "000000000";
  }

  private static Deadline inTime() {
    return Deadline.after(Duration.ofSeconds(60));
  }
}
