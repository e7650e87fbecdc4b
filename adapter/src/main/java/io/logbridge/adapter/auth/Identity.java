// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import java.util.List;
import java.util.Map;

/**
 * A user as Kubernetes knows them.
 *
 * @param uid empty if there is none
 * @param extra what else the authenticator says; takes part in decisions
 */
record Identity(String user, String uid, List<String> groups, Map<String, List<String>> extra) {

  Identity {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }
}
