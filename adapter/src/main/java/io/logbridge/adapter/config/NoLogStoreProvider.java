// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendProvider;
import io.logbridge.backend.Settings;

/** {@code logStorage.backendType: None}. */
public final class NoLogStoreProvider implements LogBackendProvider {

  @Override
  public String type() {
    return NoLogStore.TYPE;
  }

  @Override
  public LogBackend create(Settings settings) {
    return new NoLogStore();
  }
}
