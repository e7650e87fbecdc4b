// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which indices there are. A search in an index that does not exist finds nothing and says nothing,
 * as one in an index that the user may not search: so whoever found nothing asks here.
 */
final class Indices {

  private static final Duration KNOWN_FOR = Duration.ofMinutes(5);

  private final SplunkClient client;
  private final SplunkSettings settings;
  private final InstantSource clock;
  private final Map<List<String>, Instant> known = new ConcurrentHashMap<>();

  Indices(SplunkClient client, SplunkSettings settings, InstantSource clock) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Checks that these exist, unless that is known.
   *
   * @throws LogBackendException if one of them does not exist for us
   */
  void require(List<String> names, Deadline deadline) throws InterruptedException {
    Instant now = clock.instant();
    known.values().removeIf(until -> until.isBefore(now));
    if (!known.containsKey(names)) {
      requireNow(names, deadline);
      known.put(names, now.plus(KNOWN_FOR));
    }
  }

  /** Checks that these exist. */
  void requireNow(List<String> names, Deadline deadline) throws InterruptedException {
    // Its window does not matter: it counts what the buckets say of themselves.
    long now = clock.millis();
    Search search =
        new Search("index list", Spl.indicesAmong(names), new TimeSpan(now - 1000, now));
    Set<String> found = client.run(search, deadline, () -> new FieldRows("index"));
    for (String name : names) {
      if (!matchesAny(name, found)) {
        throw new LogBackendException(
            Reason.MISCONFIGURED,
            SplunkBackend.TYPE
                + " has no index \""
                + name
                + "\" that our user may search ("
                + settings.path()
                + ".index: \""
                + settings.indices()
                + "\")");
      }
    }
  }

  /** When the oldest event in these was, to the second; nothing if they are empty. */
  Optional<Instant> oldest(List<String> names, Deadline deadline) throws InterruptedException {
    TimeSpan always = new TimeSpan(0, clock.millis());
    Search search = new Search("search for the oldest event", Spl.oldestIn(names), always);
    return client.run(search, deadline, () -> new FieldRows(Spl.FIRST_TIME)).stream()
        .map(Indices::time)
        .min(Comparator.naturalOrder());
  }

  private static Instant time(String seconds) {
    try {
      return Instant.ofEpochSecond(new BigDecimal(seconds).longValue());
    } catch (NumberFormatException _) {
      throw new LogBackendException(
          Reason.MALFORMED,
          SplunkBackend.TYPE + " search for the oldest event: the answer has no time");
    }
  }

  private static boolean matchesAny(String pattern, Set<String> found) {
    String regex = pattern.replace("*", ".*");
    return found.stream().anyMatch(index -> index.matches(regex));
  }
}
