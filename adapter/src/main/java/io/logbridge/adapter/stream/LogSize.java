// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

/**
 * How large a log is, as GetLog gives it without options.
 *
 * @param bytes of the whole text
 * @param lines that end with a line end
 */
public record LogSize(long bytes, long lines) {}
