// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A container and all that it wrote. Lines are made when they are asked for, always the same, so
 * that no log has to be held.
 *
 * @param name in the pod: {@code step-build}, {@code sidecar-database}
 * @param size how many lines it wrote
 * @param line makes the line with an index from 0; times never decrease
 */
public record Container(String name, int size, IntFunction<Line> line) {

  private static final String STEP = "step-";
  private static final String SIDECAR = "sidecar-";

  /** A container that writes these lines, each at a time of its own, evenly over a while. */
  static Container spread(String name, Span span, List<String> texts) {
    return spread(name, span, texts.size(), texts::get);
  }

  /** A container that writes as many lines, each at a time of its own, evenly over a while. */
  static Container spread(String name, Span span, int size, IntFunction<String> text) {
    long spacing = span.duration().toNanos() / Math.max(1, size);
    return new Container(
        name,
        size,
        i -> {
          long jitter = Math.floorMod(Mix.of(i), spacing);
          return Line.of(span.start().plusNanos(i * spacing + jitter), text.apply(i));
        });
  }

  /** A while. */
  record Span(Instant start, Duration duration) {

    Instant end() {
      return start.plus(duration);
    }
  }

  /** The name in the Task: {@code build}, {@code database}. */
  public String label() {
    return name.substring((isSidecar() ? SIDECAR : STEP).length());
  }

  public boolean isSidecar() {
    return name.startsWith(SIDECAR);
  }

  /** All lines, in the order in which they were written. */
  public Stream<Line> lines() {
    return IntStream.range(0, size).mapToObj(line);
  }
}
