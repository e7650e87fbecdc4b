// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.logbridge.backend.Settings;
import java.util.HashMap;
import java.util.Map;

/** Settings of a store as a user writes them into the file. */
public final class StoreSettings {

  private StoreSettings() {}

  /**
   * The settings below {@code logStorage} and this key.
   *
   * @param values as pairs of key and value, {@code fields.preset} and {@code fluentd}
   */
  public static Settings of(String store, Map<String, String> values) {
    return root(store, values).section("logStorage").section(store);
  }

  /** All settings, of which there are none but these of a store. */
  public static Settings root(String store, Map<String, String> values) {
    Map<String, String> full = new HashMap<>();
    values.forEach((key, value) -> full.put("logStorage." + store + "." + key, value));
    Config config =
        Config.builder(ConfigSources.create(full))
            .disableEnvironmentVariablesSource()
            .disableSystemPropertiesSource()
            .build();
    return Settings.of(config, Map.of());
  }
}
