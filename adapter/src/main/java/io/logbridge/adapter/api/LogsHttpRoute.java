// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.auth.Caller;
import io.logbridge.adapter.auth.ResultsAccess;
import io.logbridge.adapter.auth.ResultsAccess.Resource;
import io.logbridge.adapter.auth.ResultsAccess.Verb;
import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.stream.CallScope;
import io.logbridge.adapter.stream.LogFormat;
import io.logbridge.adapter.stream.LogOptions;
import io.logbridge.adapter.stream.LogPlan;
import io.logbridge.adapter.stream.LogService;
import io.logbridge.adapter.transcode.QueryString;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code GetLog} as {@code text/plain} over HTTP, for {@link RestRoute} to lead to. */
public final class LogsHttpRoute {

  private static final String METHOD = "HTTP GetLog";

  /** Parameters of grpc-gateway, which mean nothing to a stream of text. */
  private static final Set<String> GATEWAY = Set.of("fields");

  private final LogService logs;
  private final StrictLog sending;
  private final ResultsAccess access;
  private final InstantSource clock;

  public LogsHttpRoute(LogService logs, ResultsAccess access, InstantSource clock) {
    this.logs = logs;
    this.sending = new StrictLog(logs);
    this.access = access;
    this.clock = clock;
  }

  /** Answers a request for the log of this name; the name may have any form. */
  void getLog(
      String name,
      QueryString query,
      ServerRequest request,
      ServerResponse response,
      CountedCall counted) {
    counted.begin();
    counted.received();
    try (HttpCall call = HttpCall.begin();
        AccessLog line = AccessLog.begin(METHOD, name, HttpHeaders.of(request))) {
      line.tells(code -> counted.ended(code.getNumber()));
      answer(new Asked(name, query, request, counted), response, call.scope(), line);
    }
  }

  private record Asked(
      String name, QueryString query, ServerRequest request, CountedCall counted) {}

  private void answer(Asked asked, ServerResponse response, CallScope scope, AccessLog line) {
    LogPlan plan;
    try {
      plan = plan(asked, scope);
    } catch (RuntimeException | Error e) { // of whatever kind: it is no success
      Failure failure = HttpAnswers.failure(e);
      line.failed(failure);
      HttpAnswers.send(response, failure);
      return;
    }
    LogFormat format = plan.options().format();
    HttpLogSink sink = new HttpLogSink(response, format.contentType(), plan.settled(), false);
    line.counts(sink::bytes);
    sink.tells(asked.counted()::sent);
    sending.send(plan, sink, scope, line, new RestFailing(response, format));
  }

  private record RestFailing(ServerResponse response, LogFormat format)
      implements StrictLog.Failing {

    @Override
    public void refuse(Failure failure) {
      HttpAnswers.send(response, failure);
    }

    @Override
    public @Nullable String lastLine(Failure failure) {
      return format == LogFormat.NDJSON ? JsonErrors.line(failure) : null;
    }
  }

  private LogPlan plan(Asked asked, CallScope scope) {
    LogName name = LogName.parse(asked.name());
    Caller caller =
        access.check(
            HttpHeaders.of(asked.request()),
            Verb.GET,
            Resource.LOGS,
            name.parent(),
            scope.deadline());
    scope.askAs(caller.token());
    return logs.plan(name, options(asked), scope);
  }

  private LogOptions options(Asked asked) {
    QueryString query = asked.query();
    LogOptionsParser.rejectUnknown(
        "query parameter",
        query.names().stream().filter(name -> !GATEWAY.contains(name)).toList(),
        UnaryOperator.identity());
    return LogOptionsParser.parse(query::all, AcceptedFormat.of(asked.request()), clock);
  }
}
