// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a Loki is configured.
 *
 * @param maxEntries {@code max_entries_limit_per_query}
 * @param maxQueryLength {@code max_query_length}
 * @param multiTenant {@code auth_enabled}: requests without a tenant are refused
 * @param deletion whether the compactor deletes
 * @param shuffling whether entries of one timestamp come in another order each time
 * @param gateway what stands before it; {@code null} for nothing
 */
public record FakeOptions(
    int maxEntries,
    Duration maxQueryLength,
    boolean multiTenant,
    boolean deletion,
    boolean shuffling,
    @Nullable Gateway gateway) {

  /** Loki's own defaults, with deletion. */
  public static final FakeOptions DEFAULT =
      new FakeOptions(5000, Duration.ofHours(721), false, true, false, null);

  /**
   * LokiStack's gateway.
   *
   * @param path of a tenant: {@code /api/logs/v1/application}
   * @param token that it lets through
   * @param namespaceLabel that each query must select by
   */
  public record Gateway(String path, String token, String namespaceLabel) {}

  public FakeOptions shuffled() {
    return new FakeOptions(maxEntries, maxQueryLength, multiTenant, deletion, true, gateway);
  }

  public FakeOptions limited(int entries, Duration length) {
    return new FakeOptions(entries, length, multiTenant, deletion, shuffling, gateway);
  }

  public FakeOptions withTenants() {
    return new FakeOptions(maxEntries, maxQueryLength, true, deletion, shuffling, gateway);
  }

  public FakeOptions withoutDeletion() {
    return new FakeOptions(maxEntries, maxQueryLength, multiTenant, false, shuffling, gateway);
  }

  public FakeOptions behind(Gateway other) {
    return new FakeOptions(maxEntries, maxQueryLength, multiTenant, deletion, shuffling, other);
  }
}
