// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import java.util.Map;

/** Streams one log: part by part, page by page. Holds two pages and one chunk. */
final class LogStreamer {

  private final LogBackend backend;
  private final LogPlan plan;
  private final LimitedSink sink;
  private final CallScope scope;
  private final ChunkWriter out;
  private final LineFormat format;
  private final EventLines events;
  private boolean anything;

  LogStreamer(LogBackend backend, LogPlan plan, LogSink sink, CallScope scope) {
    this.backend = backend;
    this.plan = plan;
    this.sink = new LimitedSink(sink, plan.options());
    this.scope = scope;
    this.out = new ChunkWriter(this.sink);
    this.format = LineFormat.of(plan, out);
    this.events =
        new EventLines(
            new EventWriter(out, plan.options().format()),
            plan.events(),
            plan.options().tailLines() != null);
  }

  void run() {
    Integer tail = plan.options().tailLines();
    if (tail == null) {
      plan.parts().forEach(this::forward);
    } else if (tail > 0) {
      anything =
          new LogTail(backend, plan, Map.of(), scope, LogTail.Room.ofACall())
              .read(tail, this::writeTail);
    }
    if (tail == null || tail > 0) {
      events.finish();
    }
    out.flush();
    if (sink.isFull()) {
      return; // the caller has what was asked for, whatever the rest would have been
    }
    plan.throwIfLacking(anything);
    if (!anything) {
      EmptyLog.report(plan, backend, sink, scope);
    }
  }

  private void writeTail(ContainerLog part, long toDrop, LogTail.Entries entries) {
    LineAssembler assembler =
        new LineAssembler(new LastLines(events.among(format.lines(part)), toDrop));
    entries.to(assembler::accept, sink::isFull);
    assembler.finish();
  }

  private void forward(ContainerLog part) {
    if (part.range().isEmpty() || sink.isFull()) {
      return;
    }
    LineAssembler assembler = new LineAssembler(events.among(format.lines(part)));
    LogQuery query = LogQuery.forward(part.container(), part.range());
    try (PageReader pages = new PageReader(backend, query, scope)) {
      while (pages.hasNext() && !sink.isFull()) {
        if (!pages.isReady()) {
          out.flush(); // what is there is worth more to the client now than when the page comes
        }
        for (LogEntry entry : pages.next().entries()) {
          if (!anything) {
            anything = true;
            LostBeginning.report(plan, part, entry.timestamp(), backend, sink, scope);
          }
          assembler.accept(entry);
        }
        scope.throwIfCancelled();
      }
    }
    assembler.finish();
  }
}
