// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.memory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.logbridge.backend.testkit.StoredLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A log store of one process: {@code /lines}, and cursors that hold a snapshot each. */
final class MemoryStore implements AutoCloseable {

  /** What a store does with equal timestamps. */
  enum Kind {
    /** Keeps the order of arrival, and equal lines apart. */
    EXACT,
    /** Shuffles equal timestamps, and keeps one of several equal lines. */
    POOR,
  }

  /**
   * A line and where it stands.
   *
   * @param tie the second key of the order, after the timestamp
   */
  record Row(StoredLine line, long tie) {}

  private static final Comparator<Row> ORDER =
      Comparator.comparing((Row row) -> row.line().timestamp()).thenComparingLong(Row::tie);

  private final Kind kind;
  private final HttpServer server;
  private final Map<String, ConcurrentSkipListSet<Row>> rowsByContainer = new ConcurrentHashMap<>();
  private final Map<String, List<Row>> cursors = new ConcurrentHashMap<>();
  private final AtomicLong next = new AtomicLong();

  MemoryStore(Kind kind) throws IOException {
    this.kind = kind;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/lines", this::serve);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  int cursors() {
    return cursors.size();
  }

  void forgetCursors() {
    cursors.clear();
  }

  void add(List<StoredLine> lines) {
    for (StoredLine line : lines) {
      long arrival = next.incrementAndGet();
      long tie =
          switch (kind) {
            case EXACT -> arrival;
            case POOR -> line.text().hashCode();
          };
      rowsByContainer
          .computeIfAbsent(
              MemoryWire.key(line.container()), _ -> new ConcurrentSkipListSet<>(ORDER))
          .add(new Row(line, tie));
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      MemoryWire.Request request = MemoryWire.parse(exchange.getRequestURI().getRawQuery());
      switch (exchange.getRequestMethod()) {
        case "DELETE" -> {
          cursors.remove(request.cursor());
          reply(exchange, 200, MemoryWire.END);
        }
        case "POST" -> {
          rowsByContainer.forEach((container, rows) -> {
            if (MemoryWire.matches(container, request.container())) {
              rows.removeAll(inWindow(rows, request).toList());
            }
          });
          reply(exchange, 200, MemoryWire.END);
        }
        default -> page(exchange, request);
      }
    }
  }

  private void page(HttpExchange exchange, MemoryWire.Request request) throws IOException {
    String cursor = request.cursor();
    if (cursor.isEmpty()) {
      cursor = "cursor-" + next.incrementAndGet();
      cursors.put(cursor, snapshot(request));
    }
    List<Row> rows = cursors.get(cursor);
    if (rows == null) {
      reply(exchange, 404, "no cursor " + cursor);
      return;
    }
    int end = Math.min(rows.size(), request.offset() + request.size());
    List<StoredLine> page =
        rows.subList(Math.min(request.offset(), end), end).stream().map(Row::line).toList();
    reply(exchange, 200, MemoryWire.format(cursor, page, end == rows.size()));
  }

  private List<Row> snapshot(MemoryWire.Request request) {
    List<Row> rows =
        new ArrayList<>(
            rowsByContainer.entrySet().stream()
                .filter(entry -> MemoryWire.matches(entry.getKey(), request.container()))
                .flatMap(entry -> inWindow(entry.getValue(), request))
                .sorted(ORDER)
                .toList());
    if (request.backward()) {
      Collections.reverse(rows);
    }
    return rows;
  }

  private static Stream<Row> inWindow(ConcurrentSkipListSet<Row> rows, MemoryWire.Request request) {
    return rows.stream()
        .filter(row -> !row.line().timestamp().isBefore(request.start()))
        .filter(row -> row.line().timestamp().isBefore(request.end()));
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", MemoryWire.TYPE);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
