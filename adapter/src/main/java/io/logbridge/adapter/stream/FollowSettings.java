// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import java.time.Duration;

/**
 * How running runs are followed.
 *
 * @param lookBack how late a line may reach the store and yet be found
 * @param patience how long a client may keep the others waiting that follow the same container
 * @param timer says when to look again
 */
record FollowSettings(Duration lookBack, Duration patience, PollTimer timer) {

  static FollowSettings of(LogSettings settings) {
    return new FollowSettings(
        settings.forwarderDelay().plus(settings.skew()),
        Duration.ofSeconds(30),
        PollTimer.every(settings.pollInterval()));
  }
}
