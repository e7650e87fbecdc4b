// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one search.
 *
 * @param pointInTimeId to use from now on; {@code null} if the store did not say
 * @param timedOut whether the store gave up in the middle
 * @param shards that were asked
 * @param failedShards that did not answer
 * @param hits in the store's order, without those that only look like the container's or lie
 *     outside the window
 * @param returned how many hits there were with them
 * @param lastSort the sort values of the last of all hits; empty without hits
 * @param textChars the length of the texts together
 */
record SearchPage(
    @Nullable String pointInTimeId,
    boolean timedOut,
    int shards,
    int failedShards,
    List<Hit> hits,
    int returned,
    List<Long> lastSort,
    long textChars) {}
