// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.Context;
import io.grpc.Deadline;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.stream.CancelledException;
import io.logbridge.adapter.transcode.ProtoJsonWriter;
import java.time.Duration;
import java.util.function.Consumer;

/** Answers over HTTP, as grpc-gateway gives them. */
public final class HttpAnswers {

  private HttpAnswers() {}

  /**
   * Sends a message as JSON.
   *
   * @param brokenOff is told of what fails after the status has gone out
   * @throws CloseConnectionException as {@link HeldBody#send}
   */
  static void send(ServerResponse response, Message message, Consumer<Failure> brokenOff) {
    json(response, Status.OK_200);
    HeldBody.held(response, false).send(out -> ProtoJsonWriter.write(message, out), brokenOff);
  }

  /** Sends a failure as JSON. */
  static void send(ServerResponse response, Failure failure) {
    head(response, failure);
    response.send(JsonErrors.body(failure));
  }

  /** Sends a failure to who must not get a body, for {@code HEAD}. */
  static void sendHead(ServerResponse response, Failure failure) {
    head(response, failure);
    response.send();
  }

  private static void head(ServerResponse response, Failure failure) {
    json(response, Status.create(failure.httpStatus()));
    if (failure.code() == Code.UNAUTHENTICATED) {
      // The message, and no scheme that could be used: as grpc-gateway does, and so Tekton Results.
      // It may name a user, and whoever names users may have put a line end there.
      String message = failure.message().replaceAll("\\p{Cntrl}", "?");
      response.header(HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, message));
    }
    Duration retryAfter = failure.retryAfter();
    if (retryAfter != null) {
      long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
      response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, Long.toString(seconds)));
    }
  }

  private static void json(ServerResponse response, Status status) {
    response.status(status);
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"));
  }

  /**
   * Sends a client to another path of this server, as Go's server does.
   *
   * @param path as it is sent, encoded
   */
  static void redirect(ServerRequest request, ServerResponse response, String path) {
    String query = request.prologue().query().rawValue();
    String location = query.isEmpty() ? path : path + "?" + query;
    response.status(Status.MOVED_PERMANENTLY_301);
    response.header(HeaderValues.create(HeaderNames.LOCATION, location));
    if (request.prologue().method().equals(Method.GET)) {
      response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8"));
      response.send("<a href=\"" + escaped(location) + "\">Moved Permanently</a>.\n\n");
    } else {
      response.send();
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }

  /** What a request has failed of, as its client is to see it. */
  public static Failure failure(Throwable e) {
    if (e instanceof HttpException refused) {
      return Failure.of(code(refused.status()), String.valueOf(refused.getMessage()));
    }
    Deadline deadline = Context.current().getDeadline();
    return e instanceof CancelledException && deadline != null && deadline.isExpired()
        ? StatusMapper.map(deadlinePassed())
        : StatusMapper.map(e);
  }

  private static Code code(Status refused) {
    return switch (refused.code()) {
      case 404 -> Code.NOT_FOUND;
      case 413 -> Code.RESOURCE_EXHAUSTED;
      default ->
          refused.family() == Status.Family.CLIENT_ERROR ? Code.INVALID_ARGUMENT : Code.INTERNAL;
    };
  }

  /** The client's deadline has passed; in Go's words. */
  static RequestException deadlinePassed() {
    return new RequestException(
        RequestException.Code.DEADLINE_EXCEEDED, "context deadline exceeded");
  }
}
