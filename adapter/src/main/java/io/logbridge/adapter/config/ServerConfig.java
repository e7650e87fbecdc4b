// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import io.logbridge.adapter.tls.TlsSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the server listens.
 *
 * @param host address of both ports
 * @param port of gRPC and REST; 0 for any that is free
 * @param operationsPort of metrics and health; 0 for any that is free
 * @param stallTimeout how long a client may stop reading before its stream is ended
 * @param shutdownGrace how long streams may go on after a stop was asked for
 * @param reflectLogsV1alpha2 whether gRPC reflection lists {@code tekton.results.v1alpha2.Logs}
 * @param callDurations whether the metrics have a histogram of how long calls take
 * @param log the server's own log
 * @param tls of the port of gRPC and REST; {@code null} for clear text
 * @param limits what callers may take
 */
public record ServerConfig(
    String host,
    int port,
    int operationsPort,
    Duration stallTimeout,
    Duration shutdownGrace,
    boolean reflectLogsV1alpha2,
    boolean callDurations,
    Log log,
    @Nullable TlsSettings tls,
    Limits limits) {

  /** What the server's own log has, and in which form. */
  public record Log(LogLevel level, LogForm form) {}

  /** From how bad on something is written. A call is written at {@code INFO}. */
  public enum LogLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR
  }

  /** What a line of the server's log is. */
  public enum LogForm {
    /** As {@code logging.properties} says: text for people, if it is the built-in one. */
    TEXT,
    /** An object for programs that collect logs. */
    JSON
  }

  /**
   * What callers may take, so that one does not hurt the others.
   *
   * @param calls that are served at once
   * @param callsPerCaller of one caller that are served at once
   * @param requestSize bytes of the largest request
   * @param listSize bytes of documents after which a page of a list ends
   * @param connectionAge after how long a client has to make a new HTTP/2 connection
   */
  public record Limits(
      int calls, int callsPerCaller, int requestSize, int listSize, Duration connectionAge) {}
}
