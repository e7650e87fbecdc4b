// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import java.time.InstantSource;

/** What all readers of a backend share. */
record Store(SplunkSettings settings, SplunkClient client, Indices indices, InstantSource clock) {

  static Store of(SplunkSettings settings, InstantSource clock) {
    SplunkClient client = new SplunkClient(settings);
    return new Store(settings, client, new Indices(client, settings, clock), clock);
  }
}
