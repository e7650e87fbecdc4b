// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

/**
 * Where a page ends. It has at least one row, however large that is.
 *
 * @param rows the most that it has
 * @param bytes of documents after which no further row is read
 */
public record PageLimit(int rows, long bytes) {}
