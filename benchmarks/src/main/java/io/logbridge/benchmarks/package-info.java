// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/**
 * How fast a log is served, how soon its first line, and in how much memory, against a real
 * Elasticsearch on this machine.
 */
@NullMarked
package io.logbridge.benchmarks;

import org.jspecify.annotations.NullMarked;
