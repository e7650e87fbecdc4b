// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import java.util.List;

/**
 * A page of a list.
 *
 * @param nextToken asks for the next one; empty if this is the last
 */
record Page<R>(List<R> rows, String nextToken) {}
