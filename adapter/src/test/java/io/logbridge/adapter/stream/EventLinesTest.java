// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.record.Run.TaskRun;
import io.logbridge.adapter.record.RunEvent;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Events stand among the lines, by time. */
class EventLinesTest {

  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");
  private static final LogName NAME = new LogName("ns", "r", "run");
  private static final ContainerRef BUILD = new ContainerRef("ns", "pod", null, "step-build");
  private static final ContainerRef PROXY = new ContainerRef("ns", "pod", null, "sidecar-proxy");

  private final ListBackend backend = new ListBackend(10);
  private final CollectingSink sink = new CollectingSink();

  @Test
  void events_standBeforeTheFirstLineThatIsLater() {
    line(BUILD, 10, "one");
    line(BUILD, 20, "two");

    stream(null, LogFormat.TEXT, event(5, "Pulled"), event(10, "Started"), event(25, "Killing"));

    assertThat(sink.text())
        .isEqualTo(
            """
            2026-08-20T10:00:05.000000000Z [event] Normal Pulled pod/run-pod: Pulled it
            2026-08-20T10:00:10.000000000Z [event] Normal Started pod/run-pod: Started it
            one
            two
            2026-08-20T10:00:25.000000000Z [event] Normal Killing pod/run-pod: Killing it
            """);
  }

  @Test
  void eventsOfSeveralContainers_areWrittenOnce() {
    line(BUILD, 30, "build");
    line(PROXY, 10, "proxy");

    stream(null, LogFormat.TEXT, event(5, "Pulled"), event(40, "Killing"));

    assertThat(sink.text())
        .isEqualTo(
            """
            2026-08-20T10:00:05.000000000Z [event] Normal Pulled pod/run-pod: Pulled it
            build
            proxy
            2026-08-20T10:00:40.000000000Z [event] Normal Killing pod/run-pod: Killing it
            """);
  }

  @Test
  void theTail_hasNoEventsBeforeItsFirstLine() {
    line(BUILD, 10, "one");
    line(BUILD, 20, "two");

    stream(1, LogFormat.TEXT, event(5, "Pulled"), event(25, "Killing"));

    assertThat(sink.text())
        .isEqualTo(
            """
            two
            2026-08-20T10:00:25.000000000Z [event] Normal Killing pod/run-pod: Killing it
            """);
  }

  @Test
  void anEventOfManyLines_isOneLine() {
    RunEvent event =
        new RunEvent(
            T0,
            "Warning",
            "FailedMount",
            "Pod",
            "run-pod",
            "MountVolume failed:\n  no such volume\r\n",
            JsonNodeFactory.instance.objectNode());

    stream(null, LogFormat.TEXT, event);

    assertThat(sink.text())
        .isEqualTo(
            "2026-08-20T10:00:00.000000000Z [event] Warning FailedMount pod/run-pod:"
                + " MountVolume failed: no such volume\n");
  }

  @Test
  void asJson_anEventSaysThatItIsOne() {
    line(BUILD, 10, "one");

    stream(null, LogFormat.NDJSON, event(5, "Pulled"));

    assertThat(sink.text().lines().toList().getFirst())
        .isEqualTo(
            "{\"time\":\"2026-08-20T10:00:05.000000000Z\",\"type\":\"event\","
                + "\"severity\":\"Normal\",\"reason\":\"Pulled\","
                + "\"object\":\"pod/run-pod\",\"text\":\"Pulled it\"}");
  }

  @Test
  void aRunWithoutPod_hasItsEventsForALog() {
    LogPlan plan = plan(options(null, null), event(5, "ImagePullBackOff"));

    assertThat(plan.parts()).isEmpty();
    assertThat(plan.events()).extracting(RunEvent::reason).containsExactly("ImagePullBackOff");
  }

  @Test
  void aRunWithoutPodAndWithoutEvents_hasNoLog() {
    assertThatThrownBy(() -> plan(options(null, null)))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("never had a pod");
  }

  @Test
  void eventsOutsideTheWindow_areLeftOut() {
    LogPlan plan =
        plan(
            options(T0.plusSeconds(5), T0.plusSeconds(10)),
            event(4, "Before"),
            event(5, "At"),
            event(10, "After"));

    assertThat(plan.events()).extracting(RunEvent::reason).containsExactly("At");
  }

  private void stream(@Nullable Integer tail, LogFormat format, RunEvent... events) {
    LogOptions options =
        new LogOptions(List.of(), null, null, tail, null, false, null, false, true, format, null);
    TimeRange all = new TimeRange(T0, null);
    LogPlan plan =
        new LogPlan(
                NAME,
                List.of(
                    new ContainerLog(BUILD, all, null, "build"),
                    new ContainerLog(PROXY, all, null, "proxy")),
                options,
                false,
                true,
                null,
                null)
            .with(List.of(events), options);
    new LogStreamer(backend, plan, sink, new CallScope(Deadline.never())).run();
  }

  private static LogPlan plan(LogOptions options, RunEvent... events) {
    LogSettings settings =
        new LogSettings(
            LogSettings.Prefix.AUTO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(2),
            LogSettings.Deletion.RECORD);
    TaskRun withoutPod =
        new TaskRun("run", "ns", "run", null, T0, T0, "Failed: no image", List.of(), List.of());
    return new LogPlanner(settings, InstantSource.fixed(T0))
        .plan(new FoundRun(NAME, withoutPod, List.of(), List.of(events)), options);
  }

  private static LogOptions options(@Nullable Instant since, @Nullable Instant until) {
    return new LogOptions(
        List.of(), since, until, null, null, false, null, false, true, LogFormat.TEXT, null);
  }

  private void line(ContainerRef container, int second, String text) {
    backend.add(container, LogEntry.of(T0.plusSeconds(second), LogStream.STDOUT, text));
  }

  private static RunEvent event(int second, String reason) {
    return new RunEvent(
        T0.plusSeconds(second),
        "Normal",
        reason,
        "Pod",
        "run-pod",
        reason + " it",
        JsonNodeFactory.instance.objectNode());
  }
}
