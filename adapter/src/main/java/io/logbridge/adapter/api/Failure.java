// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.rpc.Code;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure as clients see it, the same on every face.
 *
 * @param code of gRPC
 * @param message for the user
 * @param reason for programs: {@code STORE_UNAVAILABLE}
 * @param retryAfter when to try again; {@code null} if that is not known or of no use
 */
public record Failure(Code code, String message, String reason, @Nullable Duration retryAfter) {

  /**
   * The HTTP status of each code as grpc-gateway maps them, and with it Tekton Results.
   *
   * @see <a
   *     href="https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto">google.rpc.Code</a>
   */
  private static final Map<Code, Integer> HTTP =
      Map.ofEntries(
          Map.entry(Code.OK, 200),
          Map.entry(Code.CANCELLED, 499),
          Map.entry(Code.UNKNOWN, 500),
          Map.entry(Code.INVALID_ARGUMENT, 400),
          Map.entry(Code.DEADLINE_EXCEEDED, 504),
          Map.entry(Code.NOT_FOUND, 404),
          Map.entry(Code.ALREADY_EXISTS, 409),
          Map.entry(Code.PERMISSION_DENIED, 403),
          Map.entry(Code.UNAUTHENTICATED, 401),
          Map.entry(Code.RESOURCE_EXHAUSTED, 429),
          Map.entry(Code.FAILED_PRECONDITION, 400),
          Map.entry(Code.ABORTED, 409),
          Map.entry(Code.OUT_OF_RANGE, 400),
          Map.entry(Code.UNIMPLEMENTED, 501),
          Map.entry(Code.INTERNAL, 500),
          Map.entry(Code.UNAVAILABLE, 503),
          Map.entry(Code.DATA_LOSS, 500));

  static Failure of(Code code, String message) {
    return new Failure(code, message, code.name().toUpperCase(Locale.ROOT), null);
  }

  /** The status of HTTP. */
  public int httpStatus() {
    return HTTP.getOrDefault(code, 500);
  }
}
