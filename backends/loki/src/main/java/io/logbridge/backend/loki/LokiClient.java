// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.Secret;
import io.logbridge.backend.http.AnswerReader;
import io.logbridge.backend.http.AnswerTooLongException;
import io.logbridge.backend.http.Credentials;
import io.logbridge.backend.http.StoreAnswer;
import io.logbridge.backend.http.StoreHttp;
import io.logbridge.backend.http.StoreRequest;
import io.logbridge.backend.loki.RangeOutcome.Obstacle;
import io.logbridge.backend.paging.Window;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The endpoints of Loki that we use. Safe for use by many threads. */
final class LokiClient implements AutoCloseable {

  private static final String API = "/loki/api/v1/";

  /** Keeps metadata apart from the stream's labels, which it would split into many streams. */
  private static final String ENCODING = "X-Loki-Response-Encoding-Flags";

  /** How a gateway answers a token that it does not know, or that may not. */
  private static final Set<Integer> REFUSALS = Set.of(401, 403);

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final double MILLIS_PER_SECOND = 1000;

  private final LokiSettings settings;
  private final QueryLimits limits;
  private final StoreHttp http;
  private final Map<String, LabelRole> roles = new HashMap<>();

  LokiClient(LokiSettings settings, QueryLimits limits) {
    this.settings = settings;
    this.limits = limits;
    this.http =
        new StoreHttp(LokiBackend.TYPE, settings.connection(), settings.paging().responseBytes());
    for (LabelRole role : Set.of(LabelRole.STREAM, LabelRole.PARTIAL, LabelRole.SEQUENCE)) {
      String label = settings.labels().get(role);
      if (label != null) {
        roles.put(label, role);
      }
    }
  }

  /**
   * The entries of a container, not parsed yet, or what stands in their way.
   *
   * @param timed whether their times are wanted before
   */
  RangeOutcome queryRange(LogQuery query, RangeRequest range, boolean timed, Deadline deadline)
      throws InterruptedException {
    ContainerRef container = query.container();
    try {
      return http.call(
          of(rangeRequest(container, range), container.namespace(), query.caller()),
          deadline,
          answer ->
              answer.isSuccess()
                  ? RangeOutcome.Answer.read(answer.body(), timed)
                  : obstacle(answer));
    } catch (AnswerTooLongException e) {
      return new Obstacle(
          Obstacle.Kind.TOO_LARGE_AN_ANSWER,
          0,
          new LogBackendException(
              Reason.INCOMPLETE,
              "Loki has lines that are too long (pageSize.responseBytes: "
                  + e.limit()
                  + ", expected: more than the lines of one instant)"));
    }
  }

  private StoreRequest rangeRequest(ContainerRef container, RangeRequest range) {
    boolean forward = range.direction() == Direction.FORWARD;
    return StoreRequest.get("query_range", API + "query_range")
        .parameter("query", settings.query(container).toString())
        .parameter("start", Long.toString(range.window().start()))
        .parameter("end", Long.toString(range.window().end()))
        .parameter("limit", Integer.toString(range.limit()))
        .parameter("direction", forward ? "forward" : "backward")
        .header(ENCODING, "categorize-labels");
  }

  /** The request for the entries of a container, for people. */
  String explain(ContainerRef container, RangeRequest range) {
    return of(rangeRequest(container, range), container.namespace(), null).describe();
  }

  private Obstacle obstacle(StoreAnswer answer) throws IOException {
    if (settings.asksAsCaller() && REFUSALS.contains(answer.status())) {
      throw new LogBackendException(
          Reason.CALLER_DENIED,
          answer.asked()
              + ": status "
              + answer.status()
              + ", the caller may not read this there ("
              + settings.path()
              + ".credentials: caller)");
    }
    return RefusalReader.obstacle(answer);
  }

  /**
   * The entries in an answer to a query for a container.
   *
   * @param from the time before which they have been read already, in nanoseconds since 1970
   */
  Entries parse(RangeOutcome.Answer answer, ContainerRef container, long from) {
    try {
      return new RangeAnswerParser(settings.decoder(container), roles, from)
          .parse(answer.json().content());
    } catch (JacksonException _) {
      // Not the cause: its message quotes the answer.
      throw new LogBackendException(
          Reason.MALFORMED, "Loki query_range: the answer is not what it should be");
    }
  }

  /**
   * Which labels of streams are asked for.
   *
   * @param namespace whose tenant is asked
   * @param streams that have them, in a Loki that can tell; {@code null} for all
   */
  record LabelRequest(
      String namespace, @Nullable Secret caller, @Nullable LogQl streams, Window window) {}

  /**
   * The names of all labels of streams that Loki has about that time; about the end of it, if the
   * server does not allow so long a window.
   */
  Set<String> labels(LabelRequest asked, Deadline deadline) throws InterruptedException {
    Labels labels = labelsOf(asked, deadline);
    Obstacle obstacle = labels.obstacle;
    if (obstacle != null && limits.learnMaxLength(obstacle.limit())) {
      labels = labelsOf(asked, deadline);
    }
    if (labels.obstacle != null) {
      throw labels.obstacle.failure();
    }
    return labels.names;
  }

  /** Names, or what stands in their way. */
  private record Labels(Set<String> names, @Nullable Obstacle obstacle) {}

  private Labels labelsOf(LabelRequest asked, Deadline deadline) throws InterruptedException {
    Window window = asked.window;
    long start = Math.max(window.start(), window.end() - limits.maxLength());
    StoreRequest request =
        StoreRequest.get("labels", API + "labels")
            .parameter("start", Long.toString(start))
            .parameter("end", Long.toString(window.end()));
    LogQl streams = asked.streams;
    return call(
        of(
            streams == null ? request : request.parameter("query", streams.toString()),
            asked.namespace,
            asked.caller),
        deadline,
        answer ->
            answer.isSuccess()
                ? new Labels(LabelsParser.parse(answer.body()), null)
                : new Labels(Set.of(), obstacle(answer)));
  }

  /**
   * Has Loki promise to delete entries. It knows milliseconds only, and takes the last one whole;
   * so it gets those that lie whole in the window.
   */
  void delete(ContainerRef container, Window window, Deadline deadline)
      throws InterruptedException {
    LogQl query = settings.deletion(container).orElseThrow(this::notTold);
    long firstMilli = Math.ceilDiv(window.start(), NANOS_PER_MILLI);
    long lastMilli = Window.milli(window.end() - 1);
    if (firstMilli > lastMilli) {
      return;
    }
    StoreRequest request =
        StoreRequest.post("delete", API + "delete")
            .parameter("query", query.toString())
            .parameter("start", seconds(firstMilli))
            .parameter("end", seconds(lastMilli));
    call(
        of(request, container.namespace(), null),
        deadline,
        answer -> {
          if (!answer.isSuccess()) {
            throw RefusalReader.deletion(answer);
          }
          return answer.status();
        });
  }

  private LogBackendException notTold() {
    return new LogBackendException(
        Reason.BAD_QUERY,
        "Loki cannot tell this container's lines from others' to delete them ("
            + settings.path()
            + ".labels, expected: labels of pod and container, or lines of JSON with one field for"
            + " each)");
  }

  /** An exchange whose answer is short. */
  private <T> T call(StoreRequest request, Deadline deadline, AnswerReader<T> reader)
      throws InterruptedException {
    try {
      return http.call(request, deadline, reader);
    } catch (AnswerTooLongException e) {
      throw new LogBackendException(
          Reason.MALFORMED,
          "Loki " + request.name() + ": the answer is longer than " + e.limit() + " bytes");
    }
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.3f", millis / MILLIS_PER_SECOND);
  }

  private StoreRequest of(StoreRequest request, String namespace, @Nullable Secret caller) {
    StoreRequest asked = request;
    if (settings.asksAsCaller() && caller != null) {
      asked = request.as(new Credentials.Token("Bearer", caller));
    }
    Optional<String> tenant = settings.tenant().of(namespace);
    return tenant.isPresent() ? asked.header(Tenant.HEADER, tenant.get()) : asked;
  }

  @Override
  public void close() {
    http.close();
  }
}
