// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import io.helidon.http.DirectHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.logbridge.adapter.api.CallLimits;
import io.logbridge.adapter.api.CallMeters;
import io.logbridge.adapter.api.DashboardRoute;
import io.logbridge.adapter.api.DirectRefusals;
import io.logbridge.adapter.api.GrpcFace;
import io.logbridge.adapter.api.HealthGrpcService;
import io.logbridge.adapter.api.HttpCall;
import io.logbridge.adapter.api.ListedLogs;
import io.logbridge.adapter.api.LogsGrpcService;
import io.logbridge.adapter.api.LogsHttpRoute;
import io.logbridge.adapter.api.LogsV1alpha2GrpcService;
import io.logbridge.adapter.api.OperationsRoute;
import io.logbridge.adapter.api.Refusals;
import io.logbridge.adapter.api.RestRoute;
import io.logbridge.adapter.api.ResultsGrpcService;
import io.logbridge.adapter.auth.AccessGate;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.CallerKeys;
import io.logbridge.adapter.auth.FrontProxies;
import io.logbridge.adapter.auth.KubernetesGate;
import io.logbridge.adapter.auth.OpenGate;
import io.logbridge.adapter.auth.ResultsAccess;
import io.logbridge.adapter.config.AdapterConfig;
import io.logbridge.adapter.config.ServerConfig;
import io.logbridge.adapter.guard.GuardedLogBackend;
import io.logbridge.adapter.kube.KubeRoute;
import io.logbridge.adapter.kube.object.KubeObjects;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.LogName;
import io.logbridge.adapter.record.LogRecordStore;
import io.logbridge.adapter.record.ObjectStore;
import io.logbridge.adapter.record.RecordName;
import io.logbridge.adapter.record.RecordStore;
import io.logbridge.adapter.record.ResultStore;
import io.logbridge.adapter.record.SummaryStore;
import io.logbridge.adapter.results.LogRecordsService;
import io.logbridge.adapter.results.ResultsService;
import io.logbridge.adapter.stream.CallScope;
import io.logbridge.adapter.stream.LogService;
import io.logbridge.adapter.stream.LogSettings;
import io.logbridge.adapter.tls.ServerTls;
import io.logbridge.adapter.tls.TlsSettings;
import io.logbridge.adapter.transport.CallFailureListener;
import io.logbridge.adapter.transport.GrpcTransport;
import io.logbridge.adapter.transport.TransportConfig;
import io.logbridge.backend.Secret;
import io.logbridge.backend.SettingsException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A running server; the only place that knows all of its parts. */
public final class LogbridgeServer implements AutoCloseable {

  private static final String OPERATIONS = "operations";

  private final WebServer web;
  private final @Nullable ServerTls tls;
  private final AccessGate gate;
  private final GuardedLogBackend backend;
  private final Database database;
  private final JvmGcMetrics gcMetrics;

  private LogbridgeServer(
      WebServer web,
      @Nullable ServerTls tls,
      AccessGate gate,
      GuardedLogBackend backend,
      Database database,
      JvmGcMetrics gcMetrics) {
    this.web = web;
    this.tls = tls;
    this.gate = gate;
    this.backend = backend;
    this.database = database;
    this.gcMetrics = gcMetrics;
  }

  /**
   * Connects to the database and opens the ports. The log store is not asked: a server without its
   * store still serves records.
   *
   * @param config its backend belongs to the server from now on
   * @throws SettingsException if the database or a port cannot be used
   */
  public static LogbridgeServer start(AdapterConfig config) {
    return start(config, Clock.systemUTC());
  }

  /** The same by a clock of the caller's. */
  public static LogbridgeServer start(AdapterConfig config, Clock clock) {
    requireDeletion(config);
    Database database = database(config);
    FrontProxies frontProxies = frontProxies(config, database);
    ServerTls tls = tls(config, frontProxies, database);
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(meters);
    JvmGcMetrics gcMetrics = new JvmGcMetrics();
    gcMetrics.bindTo(meters);
    GuardedLogBackend backend =
        new GuardedLogBackend(config.backend(), config.guard(), meters, clock);
    LogService logs = new LogService(database, backend, config.logs(), clock);
    AccessGate gate = gate(config.auth(), frontProxies, clock, meters);
    ResultsAccess access = new ResultsAccess(gate);
    RecordStore records = new RecordStore(database, clock);
    ResultsService results =
        new ResultsService(
            new ResultStore(database, clock),
            records,
            new SummaryStore(database),
            access,
            backend.type(),
            config.server().limits().listSize(),
            clock);
    LogRecordsService logRecords =
        new LogRecordsService(
            new LogRecordStore(database),
            records,
            access,
            lines(config.logs(), logs),
            (names, caller) -> sizes(logs, names, caller),
            backend.type(),
            config.server().limits().listSize());
    LogsGrpcService logsGrpc = new LogsGrpcService(logs, access, clock);
    ListedLogs listed = listedLogs(config);
    HealthGrpcService health = new HealthGrpcService(database, listed);
    GrpcFace grpc =
        new GrpcFace(
            new ResultsGrpcService(results),
            logsGrpc,
            new LogsV1alpha2GrpcService(logsGrpc, logRecords),
            health,
            listed);
    CallMeters calls = CallMeters.of(grpc.services(), config.server().callDurations(), meters);
    WebServerConfig.Builder server =
        sockets(config.server(), new OperationsRoute(database, backend, meters))
            .directHandlers(direct(config));
    if (tls != null) {
      server.tls(tls.helidon());
    }
    CallLimits limits = limits(config);
    GrpcTransport.configure(
        server,
        transport(config.server()),
        CallFailureListener.logging(),
        grpc.routing(calls).intercept(limits.interceptor()),
        http(
                config,
                logs,
                new KubeRoute(logs, new KubeObjects(new ObjectStore(database), clock), gate, clock),
                new RestRoute(
                    results,
                    logRecords,
                    new LogsHttpRoute(logs, access, clock),
                    health,
                    listed,
                    calls,
                    config.server().limits().requestSize()))
            .addFilter(limits.filter(refusals(config))));
    WebServer web = server.build().start();
    return running(
        new LogbridgeServer(web, tls, gate, backend, database, gcMetrics), config.server());
  }

  /** Not in the name of callers: who may delete a record here may not delete lines there. */
  private static void requireDeletion(AdapterConfig config) {
    if (config.backend().asksAsCaller() && config.logs().delete() == LogSettings.Deletion.STORE) {
      config.backend().close();
      throw new SettingsException(
          "logs.delete: \"store\" (expected: record, since "
              + config.backend().type()
              + " is asked with the tokens of callers)");
    }
  }

  private static ListedLogs listedLogs(AdapterConfig config) {
    if (!config.hasLogStore()) {
      return ListedLogs.NONE;
    }
    return config.server().reflectLogsV1alpha2() ? ListedLogs.BOTH : ListedLogs.V1ALPHA3;
  }

  private static LogRecordsService.Lines lines(LogSettings settings, LogService logs) {
    return switch (settings.delete()) {
      case RECORD -> LogRecordsService.Lines.KEPT;
      case STORE -> (log, call) -> logs.delete(logName(log), new CallScope(call.deadline()));
    };
  }

  private static LogName logName(RecordName record) {
    return new LogName(record.result().parent(), record.result().result(), record.record());
  }

  private static List<Optional<LogRecordsService.Size>> sizes(
      LogService logs, List<RecordName> names, @Nullable Secret caller) {
    try (HttpCall call = HttpCall.begin()) {
      call.scope().askAs(caller);
      return logs
          .measure(names.stream().map(LogbridgeServer::logName).toList(), call.scope())
          .stream()
          .map(size -> size.map(s -> new LogRecordsService.Size(s.bytes(), s.lines())))
          .toList();
    }
  }

  private static Refusals refusals(AdapterConfig config) {
    return config.kube().enabled() ? KubeRoute.refusals(RestRoute::refuse) : RestRoute::refuse;
  }

  private static DirectHandlers direct(AdapterConfig config) {
    List<DirectRefusals.Form> forms = new ArrayList<>();
    if (config.dashboard().enabled()) {
      forms.add(DashboardRoute.form());
    }
    if (config.kube().enabled()) {
      forms.add(KubeRoute.form());
    }
    return DirectHandlers.builder()
        .addHandler(DirectHandler.EventType.BAD_REQUEST, new DirectRefusals(forms))
        .build();
  }

  private static HttpRouting.Builder http(
      AdapterConfig config, LogService logs, KubeRoute kube, RestRoute last) {
    HttpRouting.Builder routing = HttpRouting.builder();
    RestRoute.errors(routing, refusals(config));
    if (config.dashboard().enabled()) {
      routing.register(new DashboardRoute(logs, config.dashboard()));
    }
    if (config.kube().enabled()) {
      routing.register(kube);
    }
    return routing.register(last);
  }

  private static Database database(AdapterConfig config) {
    try {
      return Database.open(config.database());
    } catch (RuntimeException e) {
      config.backend().close();
      throw e;
    }
  }

  private static @Nullable FrontProxies frontProxies(AdapterConfig config, Database database) {
    try {
      FrontProxies proxies =
          config.auth() instanceof AuthConfig.Kubernetes kubernetes
              ? FrontProxies.open(kubernetes)
              : null;
      if (proxies != null && config.server().tls() == null) {
        proxies.close();
        throw new SettingsException(
            "auth.requestHeader: set without server.tls.certificateFile (expected: TLS, since a"
                + " proxy is known by its certificate)");
      }
      return proxies;
    } catch (RuntimeException e) {
      database.close();
      config.backend().close();
      throw e;
    }
  }

  private static @Nullable ServerTls tls(
      AdapterConfig config, @Nullable FrontProxies proxies, Database database) {
    TlsSettings settings = config.server().tls();
    try {
      return settings == null
          ? null
          : ServerTls.open(settings, proxies == null ? null : proxies.trust());
    } catch (RuntimeException e) {
      if (proxies != null) {
        proxies.close();
      }
      database.close();
      config.backend().close();
      throw e;
    }
  }

  private static CallLimits limits(AdapterConfig config) {
    CallerKeys keys =
        switch (config.auth()) {
          case AuthConfig.None _ -> CallerKeys.ADDRESS;
          case AuthConfig.Kubernetes _ -> CallerKeys.CREDENTIAL;
        };
    ServerConfig.Limits limits = config.server().limits();
    return new CallLimits(limits.calls(), limits.callsPerCaller(), keys);
  }

  private static AccessGate gate(
      AuthConfig config, @Nullable FrontProxies proxies, Clock clock, MeterRegistry meters) {
    return switch (config) {
      case AuthConfig.None _ -> new OpenGate();
      case AuthConfig.Kubernetes kubernetes ->
          KubernetesGate.open(kubernetes, proxies, clock, meters);
    };
  }

  private static WebServerConfig.Builder sockets(ServerConfig config, OperationsRoute operations) {
    return WebServer.builder()
        .host(config.host())
        .port(config.port())
        // What RestRoute refuses by itself is far smaller; this is for those who send without end.
        .maxPayloadSize(4L * config.limits().requestSize())
        .putSocket(
            OPERATIONS,
            socket ->
                socket
                    .host(config.host())
                    .port(config.operationsPort())
                    .addRouting(HttpRouting.builder().register(operations)));
  }

  /** Helidon logs that it cannot have a port, and returns as if nothing were wrong. */
  private static LogbridgeServer running(LogbridgeServer server, ServerConfig config) {
    if (server.web.isRunning()) {
      return server;
    }
    server.close();
    throw new SettingsException(
        "server.port: %d, server.operationsPort: %d (expected: two ports of \"%s\" that are free)"
            .formatted(config.port(), config.operationsPort(), config.host()));
  }

  private static TransportConfig transport(ServerConfig config) {
    return TransportConfig.defaults()
        .withStallLimit(config.stallTimeout())
        .withConnectionAge(config.limits().connectionAge())
        .withMaxRequestMessageSize(config.limits().requestSize())
        .withShutdownGrace(config.shutdownGrace());
  }

  /** The port of gRPC and REST. */
  public int port() {
    return web.port();
  }

  /** The port of metrics and health. */
  public int operationsPort() {
    return web.port(OPERATIONS);
  }

  /** Where logs are read from; names no credential. */
  public String backend() {
    return backend.toString();
  }

  /** Lets streams end within the grace period, then closes everything. */
  @Override
  public void close() {
    web.stop();
    gate.close();
    if (tls != null) {
      tls.close();
    }
    backend.close();
    database.close();
    gcMetrics.close();
  }
}
