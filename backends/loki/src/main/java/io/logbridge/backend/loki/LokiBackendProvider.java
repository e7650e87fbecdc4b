// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendProvider;
import io.logbridge.backend.Settings;
import java.time.InstantSource;

/** Makes the backend for {@code logStorage.backendType: Loki}. */
public final class LokiBackendProvider implements LogBackendProvider {

  @Override
  public String type() {
    return LokiBackend.TYPE;
  }

  @Override
  public LogBackend create(Settings settings) {
    return new LokiBackend(LokiSettings.from(settings), InstantSource.system());
  }
}
