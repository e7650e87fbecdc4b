// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.rpc.Code;
import io.grpc.Context;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.auth.ResultsAccess;
import io.logbridge.adapter.auth.ResultsAccess.Resource;
import io.logbridge.adapter.auth.ResultsAccess.Verb;
import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.stream.CallScope;
import io.logbridge.adapter.stream.LogFormat;
import io.logbridge.adapter.stream.LogOptions;
import io.logbridge.adapter.stream.LogPlan;
import io.logbridge.adapter.stream.LogService;
import io.logbridge.backend.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * {@code GetLog} as {@code text/plain} over HTTP, on the paths of both versions of the API.
 *
 * <p>A failure before the first byte is a status with a JSON body. A failure after it aborts the
 * connection: there is no other way to tell the client that what it has is not all.
 */
public final class LogsHttpRoute implements HttpService {

  /** Parameters of grpc-gateway, which mean nothing to a stream of text. */
  private static final Set<String> GATEWAY = Set.of("fields");

  private final LogService logs;
  private final ResultsAccess access;
  private final InstantSource clock;

  public LogsHttpRoute(LogService logs, ResultsAccess access, InstantSource clock) {
    this.logs = logs;
    this.access = access;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    for (String version : List.of("v1alpha2", "v1alpha3")) {
      rules.get(
          "/apis/results.tekton.dev/" + version + "/parents/{parent}/results/{result}/logs/{uid}",
          this::getLog);
    }
  }

  private void getLog(ServerRequest request, ServerResponse response) {
    var path = request.path().pathParameters();
    String name =
        path.get("parent") + "/results/" + path.get("result") + "/logs/" + path.get("uid");
    CallScope scope = new CallScope(Deadline.never());
    Context context = Context.current();
    Context.CancellationListener listener = _ -> scope.cancel();
    context.addListener(listener, Runnable::run);
    try {
      answer(name, request, response, scope);
    } finally {
      context.removeListener(listener);
    }
  }

  private void answer(
      String name, ServerRequest request, ServerResponse response, CallScope scope) {
    LogPlan plan;
    try {
      plan = plan(LogName.parse(name), request, scope);
    } catch (RuntimeException e) {
      try (AccessLog line = AccessLog.begin("HTTP GetLog", name, () -> 0)) {
        fail(response, line, e);
      }
      return;
    }
    HttpLogSink sink =
        new HttpLogSink(response, plan.options().format().contentType(), plan.settled(), false);
    try (AccessLog line = AccessLog.begin("HTTP GetLog", name, sink::bytes)) {
      try {
        logs.stream(plan, sink, scope);
        sink.complete();
      } catch (RuntimeException e) {
        if (!sink.isCommitted()) {
          fail(response, line, e);
          return;
        }
        Failure failure = StatusMapper.map(e);
        line.failed(failure);
        if (plan.options().format() == LogFormat.NDJSON && !scope.isCancelled()) {
          sink.writeLine(JsonErrors.line(failure));
        }
        throw new CloseConnectionException("the log is not complete", e);
      }
    }
  }

  private LogPlan plan(LogName name, ServerRequest request, CallScope scope) {
    access.check(
        new HttpHeaders(request.headers()),
        Verb.GET,
        Resource.LOGS,
        name.parent(),
        scope.deadline());
    return logs.plan(name, options(request), scope);
  }

  private LogOptions options(ServerRequest request) {
    UriQuery query = request.query();
    LogOptionsParser.rejectUnknown(
        "query parameter",
        query.names().stream().filter(name -> !GATEWAY.contains(name)).toList(),
        UnaryOperator.identity());
    return LogOptionsParser.parse(
        name -> query.contains(name) ? query.all(name) : List.of(), format(request), clock);
  }

  private static LogFormat format(ServerRequest request) {
    boolean json =
        request.headers().acceptedTypes().stream()
            .anyMatch(
                accepted -> accepted.mediaType().text().equals(LogFormat.NDJSON.contentType()));
    return json ? LogFormat.NDJSON : LogFormat.TEXT;
  }

  private static void fail(ServerResponse response, AccessLog line, RuntimeException e) {
    Failure failure = StatusMapper.map(e);
    line.failed(failure);
    response.status(Status.create(failure.httpStatus()));
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"));
    if (failure.code() == Code.UNAUTHENTICATED) {
      // The message, and no scheme that could be used: as grpc-gateway does, and so Tekton Results.
      response.header(HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, failure.message()));
    }
    Duration retryAfter = failure.retryAfter();
    if (retryAfter != null) {
      long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
      response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, Long.toString(seconds)));
    }
    response.send(JsonErrors.body(failure));
  }
}
