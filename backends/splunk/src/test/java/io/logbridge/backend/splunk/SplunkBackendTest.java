// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

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
import io.logbridge.backend.splunk.fake.FakeSplunk;
import io.logbridge.backend.testkit.Reading;
import io.logbridge.backend.testkit.StoredLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is Splunk's own, beyond the contract of all stores. */
class SplunkBackendTest {

  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
  private static final TimeRange RANGE = new TimeRange(START, START.plusSeconds(3600));
  private static final ContainerRef CONTAINER =
      new ContainerRef("team-a", "build-1-pod", "0f8fad5b-d9cb-469f-a165-70867728950e", "step-x");

  private final FakeSplunk splunk = new FakeSplunk();

  @BeforeEach
  void createIndex() {
    splunk.createIndex("main");
  }

  @AfterEach
  void stop() throws IOException {
    splunk.heal();
    splunk.close();
  }

  @Test
  void unknownIndex_isNoEmptyLog() throws Exception {
    try (LogBackend backend = TestBackends.open(splunk, "index", "main,ci-{namespace}");
        LogReader reader = backend.open(LogQuery.forward(CONTAINER, RANGE))) {
      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(LogBackendException.class)
            .isThrownBy(() -> reader.read(inTime()))
            .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MISCONFIGURED))
            .withMessage(
                "Splunk has no index \"ci-team-a\" that our user may search"
                    + " (logStorage.splunk.index: \"main,ci-{namespace}\")");
      }
      splunk.createIndex("ci-team-a");

      assertThat(Reading.rest(reader)).isEmpty();
    }
  }

  @Test
  void unknownIndex_failsTheCheck() throws Exception {
    try (LogBackend backend = TestBackends.open(splunk, "index", "nowhere-*")) {
      assertThatExceptionOfType(LogBackendException.class)
          .isThrownBy(() -> backend.check(inTime()))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MISCONFIGURED))
          .withMessageContaining("\"nowhere-*\"");
      splunk.createIndex("nowhere-else");
      backend.check(inTime());
    }
  }

  @Test
  void serverWithoutTheSecondVersion_isAskedInTheFirst() throws Exception {
    store(Shape.SCK, 3, Duration.ofSeconds(1));
    splunk.forgetV2();
    try (LogBackend backend = TestBackends.open(splunk, "fields.preset", "sck")) {
      assertThat(Reading.all(backend, LogQuery.forward(CONTAINER, RANGE))).hasSize(3);
    }
  }

  @Test
  void sessionThatExpired_isRenewedOnce() throws Exception {
    store(Shape.SCK, 3, Duration.ofSeconds(1));
    try (LogBackend backend =
        TestBackends.open(
            Map.of(
                "url",
                splunk.uri().toString(),
                "index",
                "main",
                "fields.preset",
                "sck",
                "username",
                FakeSplunk.USER,
                "password",
                FakeSplunk.PASSWORD,
                "login",
                "session"))) {
      Reading.all(backend, LogQuery.forward(CONTAINER, RANGE));
      Reading.all(backend, LogQuery.forward(CONTAINER, RANGE));
      assertThat(splunk.logins()).isEqualTo(1);
      splunk.expireSessions();

      assertThat(Reading.all(backend, LogQuery.forward(CONTAINER, RANGE))).hasSize(3);
      assertThat(splunk.logins()).isEqualTo(2);
    }
  }

  @Test
  void wrongPassword_isAccessDenied() throws Exception {
    try (LogBackend backend =
        TestBackends.open(
            Map.of(
                "url", splunk.uri().toString(),
                "index", "main",
                "username", FakeSplunk.USER,
                "password", "another",
                "login", "session"))) {
      assertThatExceptionOfType(LogBackendException.class)
          .isThrownBy(() -> backend.check(inTime()))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ACCESS_DENIED))
          .withMessage("Splunk login: status 401");
    }
  }

  @Test
  void searchThatWaitsInAQueue_endsAtTheDeadlineAlsoInSplunk() throws Exception {
    store(Shape.SCK, 3, Duration.ofSeconds(1));
    splunk.queue();
    try (LogBackend backend = TestBackends.open(splunk, "fields.preset", "sck");
        LogReader reader = backend.open(LogQuery.forward(CONTAINER, RANGE))) {
      assertThatExceptionOfType(LogBackendException.class)
          .isThrownBy(() -> reader.read(Deadline.after(Duration.ofMillis(300))))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT));

      await().atMost(TestBackends.CEILING).until(() -> splunk.running() == 0);
      splunk.heal();
      assertThat(Reading.rest(reader)).hasSize(3);
    }
  }

  @Test
  void interruptedRead_endsItsSearchInSplunk() throws Exception {
    store(Shape.SCK, 3, Duration.ofSeconds(1));
    splunk.queue();
    try (LogBackend backend = TestBackends.open(splunk, "fields.preset", "sck");
        LogReader reader = backend.open(LogQuery.forward(CONTAINER, RANGE))) {
      Thread reading =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  reader.read(inTime());
                } catch (InterruptedException _) {
                  Thread.currentThread().interrupt();
                }
              });
      await().atMost(TestBackends.CEILING).until(() -> splunk.running() == 1);
      reading.interrupt();

      await().atMost(TestBackends.CEILING).until(() -> splunk.running() == 0);
      assertThat(reading.join(TestBackends.CEILING)).isTrue();
    }
  }

  @Test
  void instantThatIsTooFull_isIncompleteAndNamesTheSettings() throws Exception {
    store(Shape.SCK, 1500, Duration.ZERO);
    try (LogBackend backend =
        TestBackends.open(
            splunk,
            "fields.preset",
            "sck",
            "pageSize.initial",
            "10",
            "pageSize.max",
            "100",
            "maxHeldLines",
            "1000")) {
      for (LogQuery query :
          List.of(LogQuery.forward(CONTAINER, RANGE), LogQuery.backward(CONTAINER, RANGE, 10))) {
        assertThatExceptionOfType(LogBackendException.class)
            .isThrownBy(() -> Reading.all(backend, query))
            .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPLETE))
            .withMessageContaining("2026-11-20T08:00:01Z")
            .withMessageContaining("maxHeldLines: 1000");
      }
    }
  }

  @Test
  void burstsFarApart_costFewSearches() throws Exception {
    List<StoredLine> lines = new ArrayList<>();
    for (int burst = 0; burst < 5; burst++) {
      for (int i = 0; i < 400; i++) {
        lines.add(line(START.plusSeconds(600L * burst + 1).plusMillis(i), burst + " " + i));
      }
    }
    collector(Shape.SCK).send(lines);
    try (LogBackend backend = TestBackends.open(splunk, "fields.preset", "sck")) {
      List<LogEntry> read = Reading.all(backend, LogQuery.forward(CONTAINER, RANGE));

      assertThat(read).extracting(LogEntry::text).isEqualTo(texts(lines));
      assertThat(splunk.searches()).isLessThan(12);
    }
  }

  @Test
  void recordThatSplunkHasCut_isALineAsItStands() throws Exception {
    String cut =
        "{\"kubernetes\":{\"namespace_name\":\"team-a\",\"pod_name\":\"build-1-pod\","
            + "\"container_name\":\"step-x\"},\"log\":\"a very long li";
    send(START.plusSeconds(1), cut);
    send(START.plusSeconds(2), "the kubelet speaks of team-a build-1-pod step-x");
    send(
        START.plusSeconds(3),
        "{\"kubernetes\":{\"namespace_name\":\"team-a\",\"pod_name\":\"other\","
            + "\"container_name\":\"step-x\"},\"log\":\"speaks of build-1-pod\"}");
    send(
        START.plusSeconds(4),
        "{\"kubernetes\":{\"namespace_name\":\"team-a\",\"pod_name\":\"build-1-pod\","
            + "\"container_name\":\"step-x\"},\"text\":\"without a message\"}");
    try (LogBackend backend = TestBackends.open(splunk, "fields.preset", "fluentd")) {
      assertThat(Reading.all(backend, LogQuery.forward(CONTAINER, RANGE)))
          .extracting(LogEntry::text)
          .containsExactly(
              cut,
              "{\"kubernetes\":{\"namespace_name\":\"team-a\",\"pod_name\":\"build-1-pod\","
                  + "\"container_name\":\"step-x\"},\"text\":\"without a message\"}");
    }
  }

  /** What somebody else wrote has the names in its text, before the cut or behind a longer name. */
  @Test
  void cutRecordThatOnlySpeaksOfTheContainer_isNotItsLine() throws Exception {
    send(
        START.plusSeconds(1),
        "{\"log\":\"team-a build-1-pod step-x may not see this, and it is very lo");
    send(
        START.plusSeconds(2),
        "{\"kubernetes\":{\"namespace_name\":\"team-b\",\"pod_name\":\"build-1-pod\","
            + "\"container_name\":\"step-x\"},\"log\":\"nor this of team-a, it is very lo");
    send(
        START.plusSeconds(3),
        "{\"log\":\"{\\\"kubernetes\\\":{\\\"namespace_name\\\":\\\"team-a\\\",\\\"pod_name\\\":"
            + "\\\"build-1-pod\\\",\\\"container_name\\\":\\\"step-x\\\"},\\\"log\\\":\\\"or this");
    send(
        START.plusSeconds(4),
        "{\"kubernetes\":{\"namespace_name\":\"team-a\",\"pod_name\":\"build-1-pod\"},"
            + "\"log\":\"step-x\",\"text\":\"cu");
    try (LogBackend backend = TestBackends.open(splunk, "fields.preset", "fluentd")) {
      assertThat(Reading.all(backend, LogQuery.forward(CONTAINER, RANGE))).isEmpty();
    }
  }

  /** The collector of OpenShift puts what a program logs as JSON into the record as it is. */
  @Test
  void deletion_leavesRecordsOfOthersInWhichAProgramNamesTheContainer() throws Exception {
    String foreign =
        "{\"structured\":{\"namespace_name\":\"team-a\",\"pod_name\":\"build-1-pod\","
            + "\"container_name\":\"step-x\"},\"message\":\"not yours\",\"kubernetes\":"
            + "{\"namespace_name\": \"team-b\",\"pod_name\":\"audit\",\"container_name\":\"c\"}}";
    send(START.plusSeconds(1), foreign);
    store(Shape.VIAQ, 3, Duration.ofSeconds(1));
    try (LogBackend backend = TestBackends.open(splunk, "fields.preset", "viaq")) {
      backend.delete(CONTAINER, RANGE, inTime());

      assertThat(Reading.all(backend, LogQuery.forward(CONTAINER, RANGE))).isEmpty();
      assertThat(
              Reading.all(
                  backend, LogQuery.forward(new ContainerRef("team-b", "audit", null, "c"), RANGE)))
          .extracting(LogEntry::text)
          .containsExactly("not yours");
    }
  }

  @Test
  void deletion_leavesLinesThatQuoteTheContainer() throws Exception {
    ContainerRef other =
        new ContainerRef("team-a", "audit", "7c1d6f0e-1f35-4b8c-9d52-3f6a5b0e9c11", "step-x");
    String quoting =
        "{\"namespace_name\":\"team-a\",\"pod_name\":\"build-1-pod\",\"container_name\":\"step-x\"}";
    StoredLine quote = StoredLine.of(other, START.plusSeconds(5), LogStream.STDOUT, quoting);
    collector(Shape.FLUENTD).send(List.of(quote));
    store(Shape.FLUENTD, 3, Duration.ofSeconds(1));
    try (LogBackend backend = TestBackends.open(splunk, "fields.preset", "fluentd")) {
      backend.delete(CONTAINER, RANGE, inTime());

      assertThat(Reading.all(backend, LogQuery.forward(CONTAINER, RANGE))).isEmpty();
      assertThat(Reading.all(backend, LogQuery.forward(other, RANGE)))
          .extracting(LogEntry::text)
          .containsExactly(quoting);
    }
  }

  @Test
  void deletionWithoutTheCapability_isAccessDenied() throws Exception {
    store(Shape.SCK, 3, Duration.ofSeconds(1));
    splunk.forbidDeletion();
    try (LogBackend backend = TestBackends.open(splunk, "fields.preset", "sck")) {
      assertThatExceptionOfType(LogBackendException.class)
          .isThrownBy(() -> backend.delete(CONTAINER, RANGE, inTime()))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ACCESS_DENIED))
          .withMessage("Splunk deletion: status 400: the user lacks a capability");

      assertThat(Reading.all(backend, LogQuery.forward(CONTAINER, RANGE))).hasSize(3);
    }
  }

  private void store(Shape shape, int count, Duration step) throws Exception {
    List<StoredLine> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(line(START.plusSeconds(1).plus(step.multipliedBy(i)), "line " + i));
    }
    collector(shape).send(lines);
  }

  private void send(Instant time, String event) throws Exception {
    String quoted = JsonMapper.shared().writeValueAsString(event);
    collector(Shape.FLUENTD)
        .send("{\"time\":" + time.getEpochSecond() + ",\"event\":" + quoted + "}");
  }

  private Collector collector(Shape shape) {
    return new Collector(splunk.uri(), shape, "main");
  }

  private static StoredLine line(Instant time, String text) {
    return StoredLine.of(CONTAINER, time, LogStream.STDOUT, text);
  }

  private static List<String> texts(List<StoredLine> lines) {
    return lines.stream().map(StoredLine::text).toList();
  }

  private static Deadline inTime() {
    return Deadline.after(TestBackends.CEILING);
  }
}
