// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk.fake;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Splunk in this process, on a real socket: its management port and its HTTP Event Collector in
 * one.
 */
public final class FakeSplunk implements AutoCloseable {

  public static final String USER = "logbridge";
  public static final String PASSWORD = "not-for-anyone-to-see";
  public static final String TOKEN = "eyJraWQiOiJub3QtZm9yLWFueW9uZS10by1zZWUifQ";
  public static final String COLLECTOR_TOKEN = "5c1b2a3d-0000-4000-8000-7e6f5d4c3b2a";

  /** With what all session keys begin. */
  public static final String KEY_PREFIX = "cGxlYXNlLWRvLW5vdC1sb29r^";

  private static final String EXPORT_V1 = "/services/search/jobs/export";
  private static final String EXPORT_V2 = "/services/search/v2/jobs/export";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonFactory FACTORY = new JsonFactory();

  private final HttpServer http;
  private final EventStore store = new EventStore();
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger logins = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger searches = new AtomicInteger();
  private final AtomicInteger shuffle = new AtomicInteger(1);
  private final AtomicLong indexTime = new AtomicLong(1_795_000_000L);
  private final AtomicReference<State> state = new AtomicReference<>(State.HEALTHY);

  /**
   * How it is.
   *
   * @param message that every search has beside its results, as type and text; empty for none
   * @param full whether no more searches may run
   * @param queue in which searches wait until it is open
   * @param v2 whether it knows the second version of the endpoints
   * @param canDelete whether its user may delete
   * @param rowsBeforeEnd after which the search process dies; negative for never
   */
  private record State(
      List<String> message,
      boolean full,
      CountDownLatch queue,
      boolean v2,
      boolean canDelete,
      int rowsBeforeEnd) {

    static final State HEALTHY = new State(List.of(), false, new CountDownLatch(0), true, true, -1);
  }

  public FakeSplunk() {
    try {
      http = new HttpServer(this::handle);
    } catch (IOException e) {
      throw new IllegalStateException("cannot start", e);
    }
  }

  public URI uri() {
    return http.uri();
  }

  public void createIndex(String name) {
    store.createIndex(name);
  }

  /** How many searches run or wait now. */
  public int running() {
    return running.get();
  }

  /** How many searches have been asked for. */
  public int searches() {
    return searches.get();
  }

  /** How many logins there were. */
  public int logins() {
    return logins.get();
  }

  /** Forgets all session keys. */
  public void expireSessions() {
    sessions.clear();
  }

  /** Has every search say this beside its results, which it then leaves half of away. */
  public void say(String type, String text) {
    change(List.of(type, text), false, new CountDownLatch(0));
  }

  /** Refuses searches, since too many run. */
  public void fill() {
    change(List.of(), true, new CountDownLatch(0));
  }

  /** Has searches wait. */
  public void queue() {
    change(List.of(), false, new CountDownLatch(1));
  }

  /** Has the process of every search die after some rows, at the end of one. */
  public void dieAfter(int rows) {
    state.updateAndGet(s -> new State(s.message, s.full, s.queue, s.v2, s.canDelete, rows));
  }

  /** Is one of the servers before 9.0.1. */
  public void forgetV2() {
    state.updateAndGet(s -> new State(s.message, s.full, s.queue, false, s.canDelete, -1));
  }

  /** Takes the role {@code can_delete} from the user. */
  public void forbidDeletion() {
    state.updateAndGet(s -> new State(s.message, s.full, s.queue, s.v2, false, -1));
  }

  /** Is healthy again; what waited goes on. */
  public void heal() {
    state.getAndSet(State.HEALTHY).queue.countDown();
  }

  private void change(List<String> message, boolean full, CountDownLatch queue) {
    state.updateAndGet(s -> new State(message, full, queue, s.v2, s.canDelete, -1));
  }

  private State state() {
    return Objects.requireNonNull(state.get());
  }

  EventStore store() {
    return store;
  }

  int nextShuffle() {
    return shuffle.incrementAndGet() * 0x85EBCA6B;
  }

  boolean mayDelete() {
    return state().canDelete;
  }

  private void handle(HttpExchange exchange) throws IOException, InterruptedException {
    switch (exchange.path) {
      case "/services/auth/login" -> login(exchange);
      case "/services/collector/event" -> collect(exchange);
      case EXPORT_V2 -> {
        if (state().v2) {
          export(exchange);
        } else {
          refuse(exchange, 404, "ERROR", "Not Found");
        }
      }
      case EXPORT_V1 -> export(exchange);
      default -> refuse(exchange, 404, "ERROR", "Not Found");
    }
  }

  private void login(HttpExchange exchange) throws IOException {
    logins.incrementAndGet();
    boolean known =
        exchange.parameter("username", "").equals(USER)
            && exchange.parameter("password", "").equals(PASSWORD);
    if (!known) {
      refuse(exchange, 401, "WARN", "Login failed");
      return;
    }
    String key = KEY_PREFIX + logins.get();
    sessions.add(key);
    exchange.answer(200, "{\"sessionKey\":\"" + key + "\",\"message\":\"\",\"code\":\"\"}");
  }

  private boolean isKnown(HttpExchange exchange) {
    String header = exchange.headers.getOrDefault("authorization", "");
    String pair = USER + ":" + PASSWORD;
    return header.equals("Bearer " + TOKEN)
        || header.equals(
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
        || (header.startsWith("Splunk ") && sessions.contains(header.substring(7)));
  }

  private void export(HttpExchange exchange) throws IOException, InterruptedException {
    if (!isKnown(exchange)) {
      refuse(exchange, 401, "WARN", "call not properly authenticated");
      return;
    }
    if (!exchange.method.equals("POST")) {
      refuse(exchange, 405, "ERROR", "Method Not Allowed");
      return;
    }
    State now = state();
    if (now.full) {
      searches.incrementAndGet();
      refuse(
          exchange,
          503,
          "FATAL",
          "Search not executed: The maximum number of concurrent historical searches on this"
              + " instance has been reached., concurrency_category=\"historical\"");
      return;
    }
    running.incrementAndGet();
    searches.incrementAndGet(); // when it is counted, it runs already, or has been refused
    try {
      now.queue.await();
      export(exchange, now);
    } finally {
      running.decrementAndGet();
    }
  }

  private void export(HttpExchange exchange, State now) throws IOException {
    SplPipeline.Result result;
    try {
      result =
          SplPipeline.run(
              this,
              exchange.parameter("search", ""),
              SplPipeline.micros(exchange.parameter("earliest_time", "0")),
              SplPipeline.micros(exchange.parameter("latest_time", "4102444800")));
    } catch (SplException e) {
      refuse(exchange, 400, "FATAL", String.valueOf(e.getMessage()));
      return;
    }
    List<SplRow> rows = result.rows();
    boolean partial = !now.message.isEmpty() && !now.message.getFirst().equals("DEBUG");
    if (partial) {
      rows = rows.subList(0, rows.size() / 2);
    }
    try (OutputStream out = exchange.stream()) {
      if (result.transforming() && exchange.parameter("preview", "true").matches("true|1")) {
        write(out, rows.subList(0, (rows.size() + 1) / 2), result.fields(), true, -1);
      }
      if (!now.message.isEmpty()) {
        String message =
            JSON.writeValueAsString(
                Map.of("type", now.message.getFirst(), "text", now.message.getLast()));
        out.write(
            ("{\"preview\":false,\"messages\":[" + message + "]}\n")
                .getBytes(StandardCharsets.UTF_8));
      }
      write(out, rows, result.fields(), false, now.rowsBeforeEnd);
    }
  }

  private static void write(
      OutputStream out, List<SplRow> rows, List<String> fields, boolean preview, int end)
      throws IOException {
    if (rows.isEmpty() && end != 0) {
      out.write(
          ("{\"preview\":" + preview + ",\"lastrow\":true}\n").getBytes(StandardCharsets.UTF_8));
    }
    for (int i = 0; i < rows.size() && i != end; i++) {
      JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), new Unclosed(out));
      json.writeStartObject();
      json.writeBooleanProperty("preview", preview);
      json.writeNumberProperty("offset", i);
      if (i == rows.size() - 1) {
        json.writeBooleanProperty("lastrow", true);
      }
      json.writeObjectPropertyStart("result");
      row(json, rows.get(i), fields);
      json.writeEndObject();
      json.writeEndObject();
      json.close();
      out.write('\n');
    }
  }

  private static void row(JsonGenerator json, SplRow row, List<String> fields) {
    if (fields.isEmpty()) {
      row.values().forEach(json::writeStringProperty);
    }
    if (row.isEvent()) {
      json.writeStringProperty("_time", row.get("_time"));
    }
    for (String field : fields) {
      String value = row.get(field);
      if (value != null) {
        json.writeStringProperty(field, value);
      }
    }
  }

  private void collect(HttpExchange exchange) throws IOException {
    if (!exchange.headers.getOrDefault("authorization", "").equals("Splunk " + COLLECTOR_TOKEN)) {
      exchange.answer(403, "{\"text\":\"Invalid token\",\"code\":4}");
      return;
    }
    long now = indexTime.incrementAndGet();
    try (MappingIterator<JsonNode> events =
        JSON.readerFor(JsonNode.class).readValues(exchange.body)) {
      while (events.hasNext()) {
        JsonNode event = events.next();
        String index = event.path("index").asString("main");
        String raw = raw(event.path("event"));
        if (raw.isEmpty()) {
          exchange.answer(400, "{\"text\":\"Event field cannot be blank\",\"code\":13}");
          return;
        }
        if (!store.indices().contains(index)) {
          exchange.answer(400, "{\"text\":\"Incorrect index\",\"code\":7}");
          return;
        }
        Map<String, String> fields = new HashMap<>();
        event.path("fields").forEachEntry((name, value) -> fields.put(name, value.asString()));
        store.add(index, SplPipeline.micros(event.path("time").asString()), now, raw, fields);
      }
    }
    exchange.answer(200, "{\"text\":\"Success\",\"code\":0}");
  }

  private static String raw(JsonNode event) {
    return event.isString() ? event.asString() : event.toString();
  }

  private static void refuse(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    exchange.answer(status, refusal(type, text));
  }

  /** How it explains a refusal. */
  public static String refusal(String type, String text) {
    return JSON.writeValueAsString(Map.of("messages", List.of(Map.of("type", type, "text", text))));
  }

  @Override
  public void close() throws IOException {
    http.close();
  }

  /** A generator closes what it writes to. */
  private static final class Unclosed extends OutputStream {

    private final OutputStream out;

    Unclosed(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }
  }
}
