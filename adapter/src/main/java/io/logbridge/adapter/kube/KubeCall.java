// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.api.AcceptEncoding;
import io.logbridge.adapter.api.AccessLog;
import io.logbridge.adapter.api.Failure;
import io.logbridge.adapter.api.HeldBody;
import io.logbridge.adapter.api.HttpHeaders;
import io.logbridge.adapter.kube.KubePath.Objects;
import io.logbridge.adapter.kube.object.KubeAnswer;
import io.logbridge.adapter.stream.CallScope;
import io.logbridge.adapter.transcode.QueryString;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request and its answer.
 *
 * @param line of the access log
 */
record KubeCall(ServerRequest request, ServerResponse response, CallScope scope, AccessLog line) {

  private static final JsonMapper JSON = new JsonMapper();

  HttpHeaders headers() {
    return HttpHeaders.of(request);
  }

  /**
   * The parameters.
   *
   * @throws io.logbridge.adapter.error.RequestException if they cannot be decoded
   */
  QueryString query() {
    return QueryString.parse(request.prologue().query().rawValue());
  }

  /** Answers with an object. */
  void send(ObjectNode object) {
    send(Accepted.PLAIN.contentType(), object);
  }

  /** Answers with an object, if there is one. */
  void send(Optional<ObjectNode> object) {
    object.ifPresentOrElse(this::send, () -> refuse(KubeStatus.NO_SUCH_PATH));
  }

  /** Answers with an object in a form of its own. */
  void send(String contentType, ObjectNode object) {
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, contentType));
    response.send(JSON.writeValueAsBytes(object));
  }

  /**
   * Answers with what is made while it is sent.
   *
   * @throws CloseConnectionException if it has been sent in part
   */
  void send(KubeAnswer answer) {
    send(answer, HeldBody.held(response, AcceptEncoding.gzip(request)));
  }

  /**
   * Answers with what goes on being made.
   *
   * @throws CloseConnectionException if it has been sent in part
   */
  void stream(KubeAnswer answer) {
    send(answer, HeldBody.live(response));
  }

  private void send(KubeAnswer answer, HeldBody body) {
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, Accepted.PLAIN.contentType()));
    body.send(answer::writeTo, line::failed);
  }

  /** Answers with a failure. */
  void fail(Failure failure, @Nullable Objects what) {
    line.failed(failure);
    KubeStatus.of(failure, what).send(request, response);
  }

  /** Answers with a status that has no place in other faces. */
  void refuse(KubeStatus status) {
    status.send(request, response);
  }
}
