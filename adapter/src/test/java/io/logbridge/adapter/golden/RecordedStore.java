// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.golden;

import java.util.Map;

/** A store that holds what it held when a case was recorded, and fails as it failed then. */
interface RecordedStore extends AutoCloseable {

  /** The settings of Tekton Results for it, as environment variables. */
  Map<String, String> settings();

  /** A request has been sent to the server, which may be waiting for the store. */
  default void underWay() {}
}
