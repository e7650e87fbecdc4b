// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.demo.history.Container;
import io.logbridge.demo.history.Line;
import io.logbridge.demo.history.PipelineRun;
import io.logbridge.demo.history.TaskRun;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a log has to be, made from what the containers wrote and from nothing that Logbridge does.
 *
 * @param prefixed whether lines begin with their step when nobody asks
 */
record ExpectedLog(List<Entry> entries, boolean prefixed) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z '", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** A line and the step that wrote it. */
  record Entry(String label, Line line) {}

  static ExpectedLog of(TaskRun run) {
    List<Entry> entries = entries(run, "").toList();
    boolean several = containers(run).map(Container::label).distinct().count() > 1;
    return new ExpectedLog(entries, several);
  }

  static ExpectedLog of(PipelineRun run) {
    List<Entry> entries =
        run.taskRuns().stream()
            .flatMap(taskRun -> entries(taskRun, taskRun.pipelineTask() + " : "))
            .toList();
    return new ExpectedLog(entries, true);
  }

  /** The log of one container of one attempt. */
  static ExpectedLog of(Container container) {
    return new ExpectedLog(
        container.lines().map(line -> new Entry(container.label(), line)).toList(), false);
  }

  private static Stream<Container> containers(TaskRun run) {
    return run.attempts().stream().flatMap(attempt -> attempt.pod().containers().stream());
  }

  private static Stream<Entry> entries(TaskRun run, String labelPrefix) {
    return run.attempts().stream()
        .flatMap(attempt ->
            Stream.concat(
                attempt.pod().containers().stream().filter(c -> !c.isSidecar()),
                attempt.pod().containers().stream().filter(Container::isSidecar)))
        .flatMap(container ->
            container.lines().map(line -> new Entry(labelPrefix + container.label(), line)));
  }

  ExpectedLog only(Predicate<Entry> wanted) {
    return new ExpectedLog(entries.stream().filter(wanted).toList(), prefixed);
  }

  ExpectedLog last(int lines) {
    return new ExpectedLog(
        entries.subList(Math.max(0, entries.size() - lines), entries.size()), prefixed);
  }

  String text() {
    return text(prefixed, false);
  }

  String text(boolean prefix, boolean timestamps) {
    return entries.stream()
        .map(entry ->
            (timestamps ? TIME.format(entry.line().time()) : "")
                + (prefix ? "[" + entry.label() + "] " : "")
                + entry.line().text()
                + "\n")
        .collect(Collectors.joining());
  }
}
