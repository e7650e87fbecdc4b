// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
/**
 * Pages of bounded size over a window of time, whichever way a store pages.
 *
 * <p>{@link io.logbridge.backend.paging.PageLimits} are the settings, {@link
 * io.logbridge.backend.paging.PageSizer} says how much to ask for next, {@link
 * io.logbridge.backend.paging.PageCutter} cuts what has come, {@link
 * io.logbridge.backend.paging.Window} is time in nanoseconds.
 */
@NullMarked
package io.logbridge.backend.paging;

import org.jspecify.annotations.NullMarked;
