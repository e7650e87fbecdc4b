// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import java.time.Duration;
import java.util.List;

/**
 * {@code sum by (labels) (function(query[range]))}.
 *
 * @param bytes whether bytes are counted, not entries
 */
record MetricQuery(List<String> by, boolean bytes, LogQuery query, Duration range) {}
