// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/**
 * What the demo's cluster did in the last days: the one source for what is loaded and for what
 * tests expect to read.
 */
@NullMarked
package io.logbridge.demo.history;

import org.jspecify.annotations.NullMarked;
