// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.paging;

import io.logbridge.backend.LogPage;
import io.logbridge.backend.Settings;

/**
 * How much is asked for at once.
 *
 * @param initial lines of the first page: small, so that the first byte comes soon
 * @param max lines of any page
 * @param bytes of a page at most that we aim at, as {@link LogPage#bytes} counts them
 * @param responseBytes of an answer that we accept
 */
public record PageLimits(int initial, int max, int bytes, int responseBytes) {

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  /** Reads {@code initial}, {@code max}, {@code bytes} and {@code responseBytes}. */
  public static PageLimits from(Settings settings, PageLimits defaults) {
    int max = settings.integer("max", defaults.max, 1, 1_000_000);
    return new PageLimits(
        settings.integer("initial", Math.min(defaults.initial, max), 1, max),
        max,
        settings.integer("bytes", defaults.bytes, KIB, 64 * MIB),
        settings.integer("responseBytes", defaults.responseBytes, 64 * KIB, 512 * MIB));
  }
}
