// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.logbridge.adapter.auth.AuthConfig.KubernetesApi;
import io.logbridge.backend.Secret;
import io.logbridge.backend.SettingsException;
import java.nio.file.Path;

/** Makes clients of the Kubernetes API. */
final class KubernetesClients {

  /** A connection that had been idle for too long is found out by using it: once more, then. */
  private static final int RETRIES = 1;

  private static final int BACKOFF_MILLIS = 100;

  private KubernetesClients() {}

  /** A client that has not connected yet. */
  static KubernetesClient create(KubernetesApi api) {
    Config config = api.url() == null ? discovered() : given(api, api.url());
    int timeout = Math.toIntExact(api.requestTimeout().toMillis());
    config.setUserAgent("logbridge");
    config.setConnectionTimeout(timeout);
    config.setRequestTimeout(timeout);
    config.setRequestRetryBackoffLimit(RETRIES);
    config.setRequestRetryBackoffInterval(BACKOFF_MILLIS);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static Config discovered() {
    try {
      return Config.autoConfigure(null);
    } catch (RuntimeException e) {
      throw new SettingsException(
          "auth.kubernetes.url: not set, and what KUBECONFIG or the service account says cannot be"
              + " used: "
              + e.getMessage(),
          e);
    }
  }

  private static Config given(KubernetesApi api, String url) {
    ConfigBuilder config = new ConfigBuilder(Config.empty()).withMasterUrl(url);
    Path caFile = api.caFile();
    if (caFile != null) {
      config.withCaCertFile(caFile.toString());
    }
    Secret token = api.token();
    if (token != null) {
      config.withOauthTokenProvider(token::reveal);
    }
    return config.build();
  }
}
