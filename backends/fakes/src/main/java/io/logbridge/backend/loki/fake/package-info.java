// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/**
 * A Loki of one process, which keeps what it gets in memory. {@code FakeLokiGoldenTest} holds it
 * against recorded exchanges of a real one.
 */
@NullMarked
package io.logbridge.backend.loki.fake;

import org.jspecify.annotations.NullMarked;
