// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import java.nio.file.Path;
import java.util.List;

/** {@code auth.requestHeader}: the proxies whose word for who asks is taken. */
public sealed interface RequestHeaderConfig {

  /** There are none. */
  record None() implements RequestHeaderConfig {}

  /** Those that the cluster's own API servers are known by, as the cluster says. */
  record OfCluster() implements RequestHeaderConfig {}

  /**
   * Those of an authority.
   *
   * @param caFile certificates of the authority, in PEM
   * @param names those of proxies, and in which headers they say who asks
   */
  record Given(Path caFile, Names names) implements RequestHeaderConfig {}

  /**
   * What proxies are called, and what their headers are.
   *
   * @param allowed the common names of their certificates; empty for any
   * @param user the headers that may hold the name of the user, best first
   * @param uid the same of their uid
   * @param group all headers that hold groups
   * @param extraPrefix what the names of headers begin with that hold anything else
   */
  record Names(
      List<String> allowed,
      List<String> user,
      List<String> uid,
      List<String> group,
      List<String> extraPrefix) {

    public Names {
      allowed = List.copyOf(allowed);
      user = List.copyOf(user);
      uid = List.copyOf(uid);
      group = List.copyOf(group);
      extraPrefix = List.copyOf(extraPrefix);
    }
  }
}
