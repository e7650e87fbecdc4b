// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.logbridge.adapter.auth.RequestHeaderConfig.Names;
import io.logbridge.backend.SettingsException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a cluster says of its own front proxies, its API servers: the ConfigMap that is there
 * for servers which they put in front of.
 */
final class ProxyConfigMap {

  private static final String NAMESPACE = "kube-system";
  private static final String NAME = "extension-apiserver-authentication";
  private static final String PREFIX = "requestheader-";
  private static final JsonMapper JSON = new JsonMapper();

  private ProxyConfigMap() {}

  /**
   * Asks the cluster.
   *
   * @throws SettingsException if it does not say, or what it says cannot be used
   */
  static ProxyRules read(KubernetesClient client) {
    Map<String, String> data = data(client);
    String ca = data.get(PREFIX + "client-ca-file");
    if (ca == null || ca.isBlank()) {
      throw wrong(
          "has no requestheader-client-ca-file (expected: one, as API servers have that are"
              + " configured for an aggregation layer)");
    }
    try {
      return ProxyRules.of(
          ca.getBytes(UTF_8),
          new Names(
              list(data, "allowed-names"),
              list(data, "username-headers"),
              list(data, "uid-headers"),
              list(data, "group-headers"),
              list(data, "extra-headers-prefix")));
    } catch (CertificateException e) {
      throw wrong(PREFIX + "client-ca-file (expected: certificates in PEM): " + e.getMessage());
    }
  }

  private static Map<String, String> data(KubernetesClient client) {
    @Nullable ConfigMap map;
    try {
      map = client.configMaps().inNamespace(NAMESPACE).withName(NAME).get();
    } catch (KubernetesClientException e) {
      throw wrong(
          e.getCode() == 403
              ? "may not be read by us (expected: the Role extension-apiserver-authentication-reader"
                  + " of kube-system for our service account)"
              : "cannot be read: the Kubernetes API "
                  + (e.getCode() > 0 ? "answers " + e.getCode() : "does not answer"));
    }
    if (map == null || map.getData() == null) {
      throw wrong("is not there");
    }
    return map.getData();
  }

  /** What is not there is an empty list: older clusters know nothing of uids. */
  private static List<String> list(Map<String, String> data, String key) {
    String text = data.getOrDefault(PREFIX + key, "[]");
    List<String> values = new ArrayList<>();
    try {
      JsonNode list = JSON.readTree(text);
      if (list.isArray()) {
        list.forEach(value -> values.add(value.asString("")));
        return values;
      }
    } catch (JacksonException _) {
      // told below
    }
    throw wrong(PREFIX + key + ": \"" + text + "\" (expected: a list in JSON)");
  }

  private static SettingsException wrong(String what) {
    return new SettingsException("ConfigMap " + NAMESPACE + "/" + NAME + ": " + what);
  }
}
