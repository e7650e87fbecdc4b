// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import java.util.List;
import java.util.Locale;

/** What a load generator writes: a line for each request. */
final class LoadTexts {

  private static final List<String> PATHS =
      List.of(
          "/api/products",
          "/api/products/%d",
          "/api/carts/%d",
          "/api/carts/%d/items",
          "/api/orders/%d",
          "/api/search?q=%d");

  private LoadTexts() {}

  static String request(int i) {
    int kind = Mix.of(i, PATHS.size());
    int status = Mix.of(i + 1, 1000) == 0 ? 503 : kind == 3 ? 201 : 200;
    return String.format(
        Locale.ROOT,
        "%07d worker-%02d %s %s %d %d ms",
        i,
        Mix.of(i + 2, 32),
        kind == 3 ? "POST" : "GET",
        String.format(Locale.ROOT, PATHS.get(kind), Mix.of(i + 3, 100_000)),
        status,
        3 + Mix.of(i + 4, 240));
  }
}
