// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.api.AccessLog;
import io.logbridge.adapter.api.Failure;
import io.logbridge.adapter.api.HttpHeaders;
import io.logbridge.adapter.kube.KubePath.Objects;
import io.logbridge.adapter.stream.CallScope;
import io.logbridge.adapter.transcode.QueryString;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer.
 *
 * @param line of the access log
 */
record KubeCall(ServerRequest request, ServerResponse response, CallScope scope, AccessLog line) {

  HttpHeaders headers() {
    return new HttpHeaders(request.headers());
  }

  /**
   * The parameters.
   *
   * @throws io.logbridge.adapter.error.RequestException if they cannot be decoded
   */
  QueryString query() {
    return QueryString.parse(request.prologue().query().rawValue());
  }

  /** Answers with a failure. */
  void fail(Failure failure, @Nullable Objects what) {
    line.failed(failure);
    KubeStatus.of(failure, what).send(response);
  }

  /** Answers with a status that has no place in other faces. */
  void refuse(KubeStatus status) {
    status.send(response);
  }
}
