// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/**
 * Container logs from Grafana Loki 2.9 and 3.x, and from LokiStack.
 *
 * <p>{@link io.logbridge.backend.loki.LokiBackendProvider} makes the backend from settings. A
 * reader asks for one window after the other with {@code query_range}: {@code LogQl} writes the
 * query, {@code LokiClient} exchanges it, {@code RangeAnswerParser} reads the answer as a stream,
 * and what came in several streams is put in the order of time. {@code QueryLimits} remembers what
 * the server allows.
 */
@NullMarked
package io.logbridge.backend.loki;

import org.jspecify.annotations.NullMarked;
