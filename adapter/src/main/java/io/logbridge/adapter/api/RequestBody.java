// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.rpc.Code;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.error.RequestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The bodies of requests. They are read even where they mean nothing: on a connection that is kept
 * open, the next request comes after them.
 */
public final class RequestBody {

  private static final byte[] NONE = {};

  private RequestBody() {}

  /**
   * Reads a body.
   *
   * @param max how many bytes it may have
   * @param refusals sends the refusal of one that does not end as HTTP has it
   * @throws RequestException if it has more
   * @throws CloseConnectionException after a refusal
   */
  static byte[] read(ServerRequest request, ServerResponse response, int max, Refusals refusals) {
    if (!request.content().hasEntity()) {
      return NONE;
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] body = in.readNBytes(max + 1);
      if (body.length > max) {
        throw new RequestException(
            RequestException.Code.RESOURCE_EXHAUSTED,
            "request body: more than " + max + " bytes (expected: at most that)");
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw malformed(request, response, refusals, e);
    }
  }

  /**
   * Reads a body that means nothing.
   *
   * @param refusals sends the refusal of one that does not end as HTTP has it
   * @throws CloseConnectionException after a refusal
   */
  public static void skip(ServerRequest request, ServerResponse response, Refusals refusals) {
    if (!request.content().hasEntity()) {
      return;
    }
    try {
      request.content().consume();
    } catch (IllegalArgumentException e) {
      throw malformed(request, response, refusals, e);
    }
  }

  /**
   * Nobody knows where the next request of the connection would begin, so there is none. To be
   * thrown by a route: after an error handler Helidon would go on with the connection.
   */
  private static CloseConnectionException malformed(
      ServerRequest request,
      ServerResponse response,
      Refusals refusals,
      IllegalArgumentException cause) {
    response.header(HeaderValues.CONNECTION_CLOSE);
    refusals.send(
        request,
        response,
        Failure.of(
            Code.INVALID_ARGUMENT,
            "request body: malformed (expected: chunks, each with its size)"));
    return new CloseConnectionException("a malformed body", cause);
  }
}
