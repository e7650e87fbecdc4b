// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import java.time.Duration;

/**
 * The limits of the transport.
 *
 * @param stallLimit how long a write may wait for the peer to take anything before its stream is
 *     ended
 * @param idleTime how long a connection without open streams is kept
 * @param connectionAge after how long a peer is told to make a new HTTP/2 connection; streams that
 *     are open end on the old one
 * @param shutdownGrace how long open streams may run on after the server was told to stop
 * @param maxRequestMessageSize the largest gRPC request message, in bytes; a larger one gets {@code
 *     RESOURCE_EXHAUSTED}
 * @param maxHeaderSize the largest set of request headers, in bytes
 * @param maxConcurrentStreams how many streams a peer may have open on one connection
 * @param maxResets how many open streams a peer may reset on one connection within {@link
 *     ResetBudget#WINDOW}
 */
public record TransportConfig(
    Duration stallLimit,
    Duration idleTime,
    Duration connectionAge,
    Duration shutdownGrace,
    int maxRequestMessageSize,
    int maxHeaderSize,
    int maxConcurrentStreams,
    int maxResets) {

  private static final TransportConfig DEFAULTS =
      new TransportConfig(
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofHours(1),
          Duration.ofSeconds(30),
          4 << 20, // as grpc-java
          32 << 10, // a bearer token with many groups passes 8 KiB
          8192,
          5000); // a client may give up a thousand streams at once, and try again

  /** Checks every limit. */
  public TransportConfig {
    positive("stallLimit", stallLimit);
    positive("idleTime", idleTime);
    positive("connectionAge", connectionAge);
    if (shutdownGrace.isNegative()) {
      throw new IllegalArgumentException("shutdownGrace: " + shutdownGrace + " (expected: >= 0)");
    }
    positive("maxRequestMessageSize", maxRequestMessageSize);
    positive("maxHeaderSize", maxHeaderSize);
    positive("maxConcurrentStreams", maxConcurrentStreams);
    positive("maxResets", maxResets);
  }

  /** Limits for a server that streams logs to people and programs. */
  public static TransportConfig defaults() {
    return DEFAULTS;
  }

  /** This with another {@link #stallLimit}. */
  public TransportConfig withStallLimit(Duration limit) {
    return new TransportConfig(
        limit,
        idleTime,
        connectionAge,
        shutdownGrace,
        maxRequestMessageSize,
        maxHeaderSize,
        maxConcurrentStreams,
        maxResets);
  }

  /** This with another {@link #idleTime}. */
  public TransportConfig withIdleTime(Duration time) {
    return new TransportConfig(
        stallLimit,
        time,
        connectionAge,
        shutdownGrace,
        maxRequestMessageSize,
        maxHeaderSize,
        maxConcurrentStreams,
        maxResets);
  }

  /** This with another {@link #connectionAge}. */
  public TransportConfig withConnectionAge(Duration age) {
    return new TransportConfig(
        stallLimit,
        idleTime,
        age,
        shutdownGrace,
        maxRequestMessageSize,
        maxHeaderSize,
        maxConcurrentStreams,
        maxResets);
  }

  /** This with another {@link #shutdownGrace}. */
  public TransportConfig withShutdownGrace(Duration grace) {
    return new TransportConfig(
        stallLimit,
        idleTime,
        connectionAge,
        grace,
        maxRequestMessageSize,
        maxHeaderSize,
        maxConcurrentStreams,
        maxResets);
  }

  /** This with another {@link #maxRequestMessageSize}. */
  public TransportConfig withMaxRequestMessageSize(int bytes) {
    return new TransportConfig(
        stallLimit,
        idleTime,
        connectionAge,
        shutdownGrace,
        bytes,
        maxHeaderSize,
        maxConcurrentStreams,
        maxResets);
  }

  /** This with another {@link #maxResets}. */
  public TransportConfig withMaxResets(int resets) {
    return new TransportConfig(
        stallLimit,
        idleTime,
        connectionAge,
        shutdownGrace,
        maxRequestMessageSize,
        maxHeaderSize,
        maxConcurrentStreams,
        resets);
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }

  private static void positive(String name, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }
}
