// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import java.util.List;

/**
 * The rows of a page.
 *
 * @param more whether there are others after them
 */
public record Rows<R>(List<R> rows, boolean more) {}
