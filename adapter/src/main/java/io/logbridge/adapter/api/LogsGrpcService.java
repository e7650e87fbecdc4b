// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.api.HttpBody;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.stub.StreamObserver;
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
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.time.InstantSource;
import java.util.Locale;

/** {@code GetLog} over gRPC, for both versions of the service {@code Logs}. */
public final class LogsGrpcService {

  private static final String PREFIX = "logbridge-";
  private static final Metadata.Key<String> SETTLED =
      Metadata.Key.of(LogResponses.SETTLED, Metadata.ASCII_STRING_MARSHALLER);

  private final LogService logs;
  private final ResultsAccess access;
  private final InstantSource clock;

  public LogsGrpcService(LogService logs, ResultsAccess access, InstantSource clock) {
    this.logs = logs;
    this.access = access;
    this.clock = clock;
  }

  /** The service that clients use when logs are in an external store. */
  public BindableService v1alpha3() {
    return new LogsGrpc.LogsImplBase() {
      @Override
      public void getLog(GetLogRequest request, StreamObserver<HttpBody> observer) {
        stream(request.getName(), observer);
      }
    };
  }

  /** Answers a call of whichever version. */
  void stream(String name, StreamObserver<HttpBody> observer) {
    CallScope scope = new CallScope(GrpcCalls.deadline());
    Context.CancellationListener listener = _ -> scope.cancel();
    Context context = Context.current();
    context.addListener(listener, Runnable::run);
    GrpcLogSink sink = new GrpcLogSink(observer, scope);
    try (AccessLog line = AccessLog.begin("gRPC GetLog", name, GrpcHeaders.current())) {
      line.counts(sink::bytes);
      try {
        LogPlan plan = plan(LogName.parse(name), scope);
        sink.begins(plan.options());
        if (!plan.settled()) {
          CallMetadata.current().trailers().put(SETTLED, "false");
        }
        try (sink) {
          logs.stream(plan, sink, scope);
        }
      } catch (RuntimeException | Error e) { // of whatever kind: it is no success
        Failure failure = StatusMapper.map(e);
        line.failed(failure);
        observer.onError(StatusMapper.toGrpc(failure));
        return;
      }
      observer.onCompleted();
    } finally {
      context.removeListener(listener);
    }
  }

  private LogPlan plan(LogName name, CallScope scope) {
    Caller caller =
        access.check(
            GrpcHeaders.current(), Verb.GET, Resource.LOGS, name.parent(), scope.deadline());
    scope.askAs(caller.token());
    return logs.plan(name, options(), scope);
  }

  private LogOptions options() {
    GrpcHeaders headers = GrpcHeaders.current();
    LogOptionsParser.rejectUnknown(
        "metadata",
        headers.names().stream().filter(key -> key.startsWith(PREFIX)).toList(),
        LogsGrpcService::key);
    return LogOptionsParser.parse(name -> headers.all(key(name)), format(headers), clock);
  }

  /** By the metadata {@code accept}, as HTTP has it. */
  private static LogFormat format(GrpcHeaders headers) {
    return headers.all("accept").contains(LogFormat.NDJSON.contentType())
        ? LogFormat.NDJSON
        : LogFormat.TEXT;
  }

  /** {@code tailLines} becomes {@code logbridge-tail-lines}. */
  private static String key(String name) {
    return PREFIX + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
