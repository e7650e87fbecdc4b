// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Headers of a request that a test makes up. */
final class TestHeaders implements RequestHeaders {

  private final Map<String, List<String>> values = new TreeMap<>();

  static TestHeaders of(String... namesAndValues) {
    TestHeaders headers = new TestHeaders();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  static TestHeaders bearer(String token) {
    return of("Authorization", "Bearer " + token);
  }

  void add(String name, String value) {
    values.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(value);
  }

  @Override
  public Set<String> names() {
    return values.keySet();
  }

  @Override
  public List<String> all(String name) {
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }
}
