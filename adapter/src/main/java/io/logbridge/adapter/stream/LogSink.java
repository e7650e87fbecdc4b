// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

/**
 * Where the bytes of a log go: a gRPC stream, an HTTP response.
 *
 * <p>Used by one thread at a time.
 */
public interface LogSink {

  /**
   * Sends some bytes of the log. Blocks while the client does not take them, which is the
   * back-pressure that stops the reading.
   *
   * @param chunk at least one byte; belongs to the sink from now on
   * @throws CancelledException if the client has gone away
   */
  void write(byte[] chunk);

  /**
   * Says something about the log that is no part of it: an empty one may not be all that there was.
   * Comes behind the last byte.
   *
   * @param warning one line of ASCII
   */
  default void warn(String warning) {}
}
