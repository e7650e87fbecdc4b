// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.rpc.Code;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.auth.BasicCredentials;
import io.logbridge.adapter.auth.DashboardConfig;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.stream.CallScope;
import io.logbridge.adapter.stream.CancelledException;
import io.logbridge.adapter.stream.LogFormat;
import io.logbridge.adapter.stream.LogOptions;
import io.logbridge.adapter.stream.LogPlan;
import io.logbridge.adapter.stream.LogService;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.TimeRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Logs for the Tekton Dashboard, {@code --external-logs=https://user:password@host/logs}.
 *
 * <p>The Dashboard shows the body of a 200 of type {@code text/plain} and nothing else: of other
 * statuses not even the text, and of a body that is cut off the rest is not missed. So whatever the
 * user should know is a line of the body.
 *
 * @see <a href="https://github.com/tektoncd/dashboard/blob/main/docs/logs.md">Dashboard, logs</a>
 */
public final class DashboardRoute implements HttpService {

  private final LogService logs;
  private final DashboardConfig config;

  public DashboardRoute(LogService logs, DashboardConfig config) {
    this.logs = logs;
    this.config = config;
  }

  /** How this face refuses what cannot be read. */
  public static DirectRefusals.Form form() {
    return new DirectRefusals.Form() {
      @Override
      public boolean isOf(String rawPath) {
        return rawPath.startsWith("/logs/");
      }

      @Override
      public String contentType() {
        return LogFormat.TEXT.contentType();
      }

      @Override
      public String body(Failure failure) {
        return failure.message() + "\n";
      }
    };
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/logs/{namespace}/{pod}/{container}", this::log);
  }

  private void log(ServerRequest request, ServerResponse response) {
    RequestBody.skip(request, response, (_, answer, failure) -> refuse(answer, failure));
    String path = request.path().path();
    HttpLogSink sink =
        new HttpLogSink(response, LogFormat.TEXT.contentType(), true, AcceptEncoding.gzip(request));
    try (HttpCall call = HttpCall.begin();
        AccessLog line = AccessLog.begin("Dashboard", path, HttpHeaders.of(request))) {
      line.counts(sink::bytes);
      answer(request, response, sink, call.scope(), line);
    }
  }

  private void answer(
      ServerRequest request,
      ServerResponse response,
      HttpLogSink sink,
      CallScope scope,
      AccessLog line) {
    ContainerRef container;
    try {
      container = authorised(request);
    } catch (RequestException e) {
      Failure failure = StatusMapper.map(e);
      line.failed(failure);
      refuse(response, failure);
      return;
    }
    try {
      Optional<LogPlan> plan = plan(container, request, scope);
      if (plan.isPresent()) {
        stream(plan.get(), sink, scope);
      } else {
        sink.writeLine(
            notice("no record knows pod " + container.pod() + ", so its log is unknown"));
      }
      sink.complete();
    } catch (CancelledException e) {
      line.failed(StatusMapper.map(e));
    } catch (RuntimeException | Error e) { // of whatever kind: it is no success
      Failure failure = StatusMapper.map(e);
      line.failed(failure);
      explain(explanation(e, failure), sink);
    }
  }

  private static void explain(String what, HttpLogSink sink) {
    try {
      sink.writeLine(what);
      sink.complete();
    } catch (CancelledException _) {
      // The user has left meanwhile.
    }
  }

  private void stream(LogPlan plan, HttpLogSink sink, CallScope scope) {
    logs.stream(plan, sink, scope);
    if (!plan.settled() && plan.hasEnded()) {
      sink.writeLine(notice("the step ended a moment ago: its last lines may be on their way"));
    }
  }

  private ContainerRef authorised(ServerRequest request) {
    var path = request.path().pathParameters();
    ContainerRef container;
    try {
      container =
          new ContainerRef(path.get("namespace"), path.get("pod"), null, path.get("container"));
    } catch (IllegalArgumentException e) {
      throw new RequestException(
          RequestException.Code.INVALID_ARGUMENT, String.valueOf(e.getMessage()), e);
    }
    BasicCredentials credentials = config.credentials();
    if (credentials != null) {
      credentials.check(HttpHeaders.of(request), container.namespace());
    }
    return container;
  }

  /** The record's own times count; those of the request only where there is no record. */
  private Optional<LogPlan> plan(ContainerRef container, ServerRequest request, CallScope scope) {
    LogOptions options =
        new LogOptions(
            List.of(), null, null, null, null, true, false, false, false, LogFormat.TEXT, null);
    Optional<LogPlan> known = logs.planPod(container, options, scope);
    if (known.isPresent() || !config.unknownPods()) {
      return known;
    }
    Instant start = time(request, "startTime");
    Instant completion = time(request, "completionTime");
    if (start == null) {
      return Optional.empty();
    }
    if (completion != null && completion.isBefore(start)) {
      throw RequestException.invalid(
          "completionTime", completion.toString(), "not before startTime, " + start);
    }
    return Optional.of(logs.planUnknown(container, new TimeRange(start, completion), options));
  }

  private static @Nullable Instant time(ServerRequest request, String name) {
    if (!request.query().contains(name) || request.query().get(name).isEmpty()) {
      return null;
    }
    String value = request.query().get(name);
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException _) {
      throw RequestException.invalid(name, value, "a time as in 2026-08-20T10:00:00Z (RFC 3339)");
    }
  }

  private static void refuse(ServerResponse response, Failure failure) {
    response.status(Status.create(failure.httpStatus()));
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, LogFormat.TEXT.contentType()));
    response.header(HeaderValues.create("X-Content-Type-Options", "nosniff"));
    if (failure.code() == Code.UNAUTHENTICATED) {
      response.header(
          HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"logbridge\""));
    }
    response.send(failure.message() + "\n");
  }

  private static String explanation(Throwable e, Failure failure) {
    return e instanceof LogBackendException store && store.reason() == Reason.NOT_FOUND
        ? notice(failure.message())
        : "::error::[logbridge] the log is not complete: " + oneLine(failure.message());
  }

  private static String notice(String text) {
    return "::notice::[logbridge] " + oneLine(text);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
