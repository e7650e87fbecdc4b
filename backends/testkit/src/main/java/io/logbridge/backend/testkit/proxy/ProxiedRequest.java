// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit.proxy;

import java.util.List;
import java.util.Map;

/**
 * A request that reached the proxy.
 *
 * @param method such as {@code POST}
 * @param target path and query as sent
 * @param headers names in lower case
 * @param body as text in UTF-8; empty for none
 */
public record ProxiedRequest(
    String method, String target, Map<String, List<String>> headers, String body) {

  /** The target without its query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
