// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.rpc.Code;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
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
   * @throws RequestException if it has more
   * @throws MalformedException for {@link #errors}
   */
  static byte[] read(ServerRequest request, int max) {
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
      throw new MalformedException(e);
    }
  }

  /**
   * Reads a body that means nothing.
   *
   * @throws MalformedException for {@link #errors}
   */
  public static void skip(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return;
    }
    try {
      request.content().consume();
    } catch (IllegalArgumentException e) {
      throw new MalformedException(e);
    }
  }

  /** A body that does not end as HTTP has it. */
  static final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private MalformedException(IllegalArgumentException cause) {
      super("request body: malformed (expected: chunks, each with its size)", cause);
    }
  }

  /**
   * Refuses malformed bodies. Nobody knows where the next request of the connection would begin, so
   * there is none.
   */
  static void errors(HttpRouting.Builder http, Refusals refusals) {
    http.error(
        MalformedException.class,
        (request, response, e) -> {
          response.header(HeaderValues.CONNECTION_CLOSE);
          refusals.send(
              request, response, Failure.of(Code.INVALID_ARGUMENT, String.valueOf(e.getMessage())));
          throw new CloseConnectionException("a malformed body", e);
        });
  }
}
