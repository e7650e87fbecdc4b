// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Generates lines of one container.
 *
 * @param container that writes them
 * @param start the time of the first
 * @param step between two of them; zero for equal timestamps
 */
record Lines(ContainerRef container, Instant start, Duration step) {

  /** Lines as densely as the store can tell them apart. */
  static Lines in(ContainerRef container, Instant start, Duration resolution) {
    return new Lines(container, start, resolution);
  }

  Lines of(ContainerRef other) {
    return new Lines(other, start, step);
  }

  Lines from(Instant otherStart) {
    return new Lines(container, otherStart, step);
  }

  Lines every(Duration otherStep) {
    return new Lines(container, start, otherStep);
  }

  /** The time of the line with this number, from 0. */
  Instant time(int number) {
    return start.plus(step.multipliedBy(number));
  }

  /** This many lines, each with its number. */
  List<StoredLine> numbered(int count) {
    return IntStream.range(0, count).mapToObj(this::numberedLine).toList();
  }

  /** Lines with these texts. */
  List<StoredLine> with(List<String> texts) {
    return IntStream.range(0, texts.size()).mapToObj(i -> line(i, texts.get(i))).toList();
  }

  /** This many lines with the texts that a function makes of their numbers. */
  List<StoredLine> with(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(i -> line(i, text.apply(i))).toList();
  }

  /** A line at the time of its number. */
  StoredLine line(int number, String text) {
    return StoredLine.of(container, time(number), LogStream.STDOUT, text);
  }

  private StoredLine numberedLine(int number) {
    LogStream stream = number % 3 == 2 ? LogStream.STDERR : LogStream.STDOUT;
    return StoredLine.of(
        container, time(number), stream, container.pod() + " writes line " + number);
  }
}
