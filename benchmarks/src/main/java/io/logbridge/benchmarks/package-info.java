// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/**
 * How fast a log is served, how soon its first line, in how much memory, and how soon the store is
 * rid of a call that was cancelled: against a real Elasticsearch on this machine, or against the
 * Loki and the Splunk of the tests.
 */
@NullMarked
package io.logbridge.benchmarks;

import org.jspecify.annotations.NullMarked;
