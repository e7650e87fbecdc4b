// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.LogStream;

/** Writes lines in the form that a client wants. */
interface LineFormat {

  /** What writes the lines of a container. */
  LineSink lines(ContainerLog part);

  /** The form that a plan asks for. */
  static LineFormat of(LogPlan plan, ChunkWriter out) {
    LogStream stream = plan.options().stream();
    LineFormat format = ofBoth(plan, out);
    return stream == null ? format : part -> new OneStream(format.lines(part), stream);
  }

  private static LineFormat ofBoth(LogPlan plan, ChunkWriter out) {
    return switch (plan.options().format()) {
      case TEXT ->
          part ->
              new LineWriter(
                  out,
                  plan.prefixed() ? "[" + part.label() + "] " : null,
                  plan.options().timestamps());
      case NDJSON -> part -> new JsonLineWriter(out, part);
    };
  }
}
