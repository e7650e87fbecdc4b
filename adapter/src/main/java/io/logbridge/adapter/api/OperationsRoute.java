// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.guard.GuardedLogBackend;
import io.logbridge.adapter.record.Database;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What operators look at: {@code /metrics}, {@code /health/live}, {@code /health/ready} and {@code
 * /health}.
 *
 * <p>Liveness depends on nothing else: a restart mends no neighbour. Readiness depends on the
 * database only: while the log store is down, records are still served, and a pod that is taken out
 * of service for it would be no use to anybody.
 */
public final class OperationsRoute implements HttpService {

  private static final JsonMapper JSON = new JsonMapper();

  private final Database database;
  private final GuardedLogBackend backend;
  private final PrometheusMeterRegistry meters;

  public OperationsRoute(
      Database database, GuardedLogBackend backend, PrometheusMeterRegistry meters) {
    this.database = database;
    this.backend = backend;
    this.meters = meters;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/metrics", (_, response) -> metrics(response))
        .get("/health/live", (_, response) -> send(response, Status.OK_200, status("UP")))
        .get("/health/ready", (_, response) -> ready(response))
        .get("/health", (_, response) -> health(response));
  }

  private void metrics(ServerResponse response) {
    response.header(
        HeaderValues.create(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"));
    response.send(meters.scrape());
  }

  private void ready(ServerResponse response) {
    boolean up = isDatabaseUp();
    send(response, up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503, status(up ? "UP" : "DOWN"));
  }

  private void health(ServerResponse response) {
    boolean up = isDatabaseUp();
    ObjectNode body = status(up ? "UP" : "DOWN");
    body.put("database", up ? "UP" : "DOWN");
    body.putObject("logStorage")
        .put("type", backend.type())
        .put("circuitBreaker", backend.breakerState());
    send(response, up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503, body);
  }

  private boolean isDatabaseUp() {
    try {
      database.check();
      return true;
    } catch (RuntimeException _) {
      return false; // the answer says so; the calls that fail for it are logged
    }
  }

  private static ObjectNode status(String status) {
    return JSON.createObjectNode().put("status", status);
  }

  private static void send(ServerResponse response, Status status, ObjectNode body) {
    response.status(status);
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"));
    response.send(JSON.writeValueAsString(body));
  }
}
