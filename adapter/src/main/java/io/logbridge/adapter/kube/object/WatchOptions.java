// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import java.time.Duration;

/**
 * What a request says of the changes that it wants to hear of, as its query has it.
 *
 * @param labelSelector empty for all
 * @param fieldSelector empty for all
 * @param resourceVersion after which changes are wanted; empty or {@code 0} for all objects that
 *     there are, then their changes
 * @param initialEvents whether the objects that there are come first, whatever the version ({@code
 *     sendInitialEvents}), and then a bookmark that ends them
 * @param bookmarks whether the client wants to hear from time to time how far it has come
 * @param timeout after which the watch ends
 */
public record WatchOptions(
    String labelSelector,
    String fieldSelector,
    String resourceVersion,
    boolean initialEvents,
    boolean bookmarks,
    Duration timeout) {}
