// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendProvider;
import io.logbridge.backend.Settings;
import java.time.InstantSource;

/** Makes the backend for {@code logStorage.backendType: Splunk}. */
public final class SplunkBackendProvider implements LogBackendProvider {

  @Override
  public String type() {
    return SplunkBackend.TYPE;
  }

  @Override
  public LogBackend create(Settings settings) {
    return new SplunkBackend(SplunkSettings.from(settings), InstantSource.system());
  }
}
