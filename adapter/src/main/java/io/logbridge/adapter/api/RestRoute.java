// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.health.v1.HealthGrpc;
import io.helidon.http.HttpException;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.results.Call;
import io.logbridge.adapter.results.LogRecordsService;
import io.logbridge.adapter.results.ResultsService;
import io.logbridge.adapter.transcode.HttpBindings;
import io.logbridge.adapter.transcode.HttpBindings.Found;
import io.logbridge.adapter.transcode.HttpBindings.Match;
import io.logbridge.adapter.transcode.HttpBindings.NoSuchPath;
import io.logbridge.adapter.transcode.HttpBindings.WrongMethod;
import io.logbridge.adapter.transcode.RequestPath;
import io.logbridge.backend.Deadline;
import io.logbridge.proto.v1alpha2.ApiProto;
import io.logbridge.proto.v1alpha3.LogProto;
import java.util.List;

/**
 * The whole API over HTTP, as grpc-gateway serves it in front of Tekton Results. It takes every
 * path that no other route has taken, so it is to be the last one.
 */
public final class RestRoute implements HttpService {

  private static final List<String> HEALTHZ = List.of("healthz");

  private static final ServiceDescriptor RESULTS =
      ApiProto.getDescriptor().findServiceByName("Results");

  private static final HttpBindings RECORDS = HttpBindings.of(RESULTS);
  private static final HttpBindings RECORDS_AND_LOGS =
      HttpBindings.of(
          RESULTS,
          ApiProto.getDescriptor().findServiceByName("Logs"),
          LogProto.getDescriptor().findServiceByName("Logs"));

  private final HttpBindings bindings;
  private final RestMethods methods;
  private final LogsHttpRoute logs;
  private final Healthz healthz;
  private final CallMeters meters;
  private final int maxMessage;

  /**
   * @param listed none if logs are not served at all
   * @param meters in which calls count as calls over gRPC do
   * @param maxMessage the largest message of a request, in bytes, as over gRPC
   */
  public RestRoute(
      ResultsService results,
      LogRecordsService logRecords,
      LogsHttpRoute logs,
      HealthGrpc.AsyncService health,
      ListedLogs listed,
      CallMeters meters,
      int maxMessage) {
    this.bindings = listed == ListedLogs.NONE ? RECORDS : RECORDS_AND_LOGS;
    this.meters = meters;
    this.maxMessage = maxMessage;
    this.methods = new RestMethods(results, logRecords, maxMessage);
    this.logs = logs;
    this.healthz = new Healthz(health, meters);
  }

  @Override
  public void routing(HttpRules rules) {
    rules.any(this::handle);
  }

  /** Answers what is refused on the way to a route. */
  public static void errors(HttpRouting.Builder http, Refusals refusals) {
    http.error(
        HttpException.class,
        (request, response, e) -> refuse(request, response, HttpAnswers.failure(e), refusals));
  }

  /** Refuses as grpc-gateway does. */
  public static void refuse(ServerRequest request, ServerResponse response, Failure failure) {
    if (request.prologue().method().equals(Method.HEAD)) {
      HttpAnswers.sendHead(response, failure);
    } else {
      HttpAnswers.send(response, failure);
    }
  }

  private void handle(ServerRequest request, ServerResponse response) {
    String path = request.prologue().uriPath().rawPath();
    String clean = RequestPath.clean(path);
    if (!clean.equals(path) && clean.startsWith("/apis/")) { // other faces' paths are theirs
      HttpAnswers.redirect(request, response, clean);
      return;
    }
    try {
      route(RestRequest.of(request, body(request, response)), request, response);
    } catch (RequestException e) {
      refuse(request, response, StatusMapper.map(e), RestRoute::refuse);
    }
  }

  /** Base64 makes a message longer by a third, and escapes may make it longer still. */
  private ByteString body(ServerRequest request, ServerResponse response) {
    int max = (int) Math.min(2L * maxMessage, Integer.MAX_VALUE - 8);
    return UnsafeByteOperations.unsafeWrap(
        RequestBody.read(
            request,
            response,
            max,
            (asked, answer, failure) -> refuse(asked, answer, failure, RestRoute::refuse)));
  }

  private void route(RestRequest rest, ServerRequest request, ServerResponse response) {
    if (rest.path().equals(HEALTHZ) && rest.verb().equals("GET")) {
      healthz.check(rest.query(), response);
      return;
    }
    switch (match(rest.verb(), rest.path())) {
      case Found found -> serve(found, rest, request, response);
      case WrongMethod _ when rest.form() && isRead(rest.path()) ->
          route(rest.as("GET"), request, response);
      case WrongMethod _ ->
          throw new RequestException(RequestException.Code.UNIMPLEMENTED, "Method Not Allowed");
      case NoSuchPath _ -> throw new RequestException(RequestException.Code.NOT_FOUND, "Not Found");
    }
  }

  /** What a request means that does not ask for the health, to which no rule leads. */
  private Match match(String verb, List<String> path) {
    return path.equals(HEALTHZ) ? new WrongMethod() : bindings.match(verb, path);
  }

  private boolean isRead(List<String> path) {
    return path.equals(HEALTHZ) || bindings.match("GET", path) instanceof Found;
  }

  private static void refuse(
      ServerRequest request, ServerResponse response, Failure failure, Refusals refusals) {
    HttpPrologue prologue = request.prologue();
    try (AccessLog access =
        AccessLog.begin(
            "HTTP " + prologue.method().text(),
            prologue.uriPath().rawPath(),
            HttpHeaders.of(request))) {
      access.failed(failure);
      refusals.send(request, response, failure);
    }
  }

  private void serve(Found rpc, RestRequest rest, ServerRequest request, ServerResponse response) {
    String name = rpc.fields().values().iterator().next(); // every path has just one variable
    CountedCall counted = meters.call(rpc.binding().method());
    if (rpc.binding().method().isServerStreaming()) {
      logs.getLog(name, rest.query(), request, response, counted);
      return;
    }
    String what = "HTTP " + rpc.binding().method().getName();
    try (AccessLog access = AccessLog.begin(what, name, HttpHeaders.of(request))) {
      access.counts(response::bytesWritten);
      access.tells(code -> counted.ended(code.getNumber()));
      try {
        HttpAnswers.send(response, answer(rpc, rest, request, counted), access::failed);
      } catch (CloseConnectionException e) {
        throw e; // the answer has begun
      } catch (RuntimeException | Error e) { // of whatever kind: it is no success
        Failure failure = HttpAnswers.failure(e);
        access.failed(failure);
        HttpAnswers.send(response, failure);
      }
    }
  }

  private Message answer(Found rpc, RestRequest rest, ServerRequest request, CountedCall counted) {
    Deadline deadline = GrpcCalls.deadline();
    if (deadline.isExpired()) {
      throw HttpAnswers.deadlinePassed();
    }
    Call call = new Call(HttpHeaders.of(request), deadline, rest.fields(request));
    Message answer =
        methods
            .find(rpc.binding().method())
            .serve(rpc, rest.query(), rest.body().toByteArray(), call, counted);
    counted.sent();
    return PartialAnswers.of(answer, call.fields());
  }
}
