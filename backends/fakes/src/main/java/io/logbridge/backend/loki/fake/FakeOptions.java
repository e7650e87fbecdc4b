// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki.fake;

import java.time.Duration;
import java.time.Instant;
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
 * @param lookback {@code max_query_lookback}; {@code null} for none
 */
public record FakeOptions(
    int maxEntries,
    Duration maxQueryLength,
    boolean multiTenant,
    boolean deletion,
    boolean shuffling,
    @Nullable Gateway gateway,
    @Nullable Lookback lookback) {

  /** Loki's own defaults, with deletion. */
  public static final FakeOptions DEFAULT =
      new FakeOptions(5000, Duration.ofHours(721), false, true, false, null, null);

  /**
   * LokiStack's gateway.
   *
   * @param path of a tenant: {@code /api/logs/v1/application}
   * @param token that it lets through
   * @param namespaceLabel that each query must select by
   */
  public record Gateway(String path, String token, String namespaceLabel) {}

  /**
   * How far back a Loki looks. Its frontend answers what is older with nothing and cuts off the
   * beginning of what reaches beyond; its querier does the second, and refuses the first.
   *
   * @param since from when on it has logs
   * @param refusing whether requests reach the querier as they are
   */
  public record Lookback(Instant since, boolean refusing) {}

  public FakeOptions shuffled() {
    return new FakeOptions(
        maxEntries, maxQueryLength, multiTenant, deletion, true, gateway, lookback);
  }

  public FakeOptions limited(int entries, Duration length) {
    return new FakeOptions(entries, length, multiTenant, deletion, shuffling, gateway, lookback);
  }

  public FakeOptions withTenants() {
    return new FakeOptions(
        maxEntries, maxQueryLength, true, deletion, shuffling, gateway, lookback);
  }

  public FakeOptions withoutDeletion() {
    return new FakeOptions(
        maxEntries, maxQueryLength, multiTenant, false, shuffling, gateway, lookback);
  }

  public FakeOptions behind(Gateway other) {
    return new FakeOptions(
        maxEntries, maxQueryLength, multiTenant, deletion, shuffling, other, lookback);
  }

  public FakeOptions lookingBack(Lookback other) {
    return new FakeOptions(
        maxEntries, maxQueryLength, multiTenant, deletion, shuffling, gateway, other);
  }
}
