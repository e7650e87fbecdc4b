// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import java.time.Duration;

/**
 * Where and how the server listens.
 *
 * @param host address of both ports
 * @param port of gRPC and REST; 0 for any that is free
 * @param operationsPort of metrics and health; 0 for any that is free
 * @param stallTimeout how long a client may stop reading before its stream is ended
 * @param shutdownGrace how long streams may go on after a stop was asked for
 * @param reflectLogsV1alpha2 whether gRPC reflection lists {@code tekton.results.v1alpha2.Logs}
 */
public record ServerConfig(
    String host,
    int port,
    int operationsPort,
    Duration stallTimeout,
    Duration shutdownGrace,
    boolean reflectLogsV1alpha2) {}
