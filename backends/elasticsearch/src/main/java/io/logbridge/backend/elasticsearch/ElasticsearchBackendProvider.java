// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendProvider;
import io.logbridge.backend.Settings;
import java.time.InstantSource;

/** Makes the backend for {@code logStorage.backendType: Elasticsearch}. */
public final class ElasticsearchBackendProvider implements LogBackendProvider {

  @Override
  public String type() {
    return ElasticsearchBackend.TYPE;
  }

  @Override
  public LogBackend create(Settings settings) {
    return new ElasticsearchBackend(ElasticsearchSettings.from(settings), InstantSource.system());
  }
}
