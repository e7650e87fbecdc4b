// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.Settings;
import io.logbridge.backend.http.Connection;
import io.logbridge.backend.http.Credentials;
import io.logbridge.backend.paging.PageLimits;

/**
 * The settings below {@code logStorage.loki}.
 *
 * @param path the key of these settings from the root, for messages
 * @param asksAsCaller whether requests have the token of who asks, and none of ours
 */
record LokiSettings(
    String path,
    Connection connection,
    boolean asksAsCaller,
    Tenant tenant,
    LabelMapping labels,
    LineSettings line,
    PageLimits paging) {

  private static final int MIB = 1 << 20;

  /** Fewer than Loki's own limit, 5000 entries, by the one that shows whether more follow. */
  private static final PageLimits PAGING = new PageLimits(500, 4_999, 4 * MIB, 32 * MIB);

  /** Whose credentials requests have. */
  private enum Owner {
    LOGBRIDGE,
    CALLER
  }

  static LokiSettings from(Settings settings) {
    Settings labels = settings.section("labels");
    LokiPreset preset = labels.oneOf("preset", LokiPreset.class, LokiPreset.PROMTAIL);
    Credentials own = Credentials.from(settings, "Bearer");
    boolean asksAsCaller =
        settings.oneOf("credentials", Owner.class, Owner.LOGBRIDGE) == Owner.CALLER;
    if (asksAsCaller && !(own instanceof Credentials.None)) {
      throw settings.invalid(
          "credentials", "caller", "neither username nor token together with it");
    }
    return new LokiSettings(
        settings.path(),
        Connection.from(
            settings,
            "https://loki-gateway.example.org, or with LokiStack"
                + " https://lokistack-gateway.example.org:8080/api/logs/v1/application",
            own),
        asksAsCaller,
        Tenant.from(settings),
        LabelMapping.from(labels, preset),
        LineSettings.from(settings.section("line"), preset),
        PageLimits.from(settings.section("pageSize"), PAGING));
  }
}
