// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import io.logbridge.adapter.filter.SafeSql;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What records are grouped by in a summary.
 *
 * @param sql the group of a row of {@code records}: a number of seconds since 1970, or text
 */
public record Grouping(String sql) {

  private static final Pattern TIME =
      Pattern.compile("(year|month|week|day|hour|minute)(?: (startTime|completionTime))?");

  private static final String NAMESPACE = "data->'metadata'->>'namespace'";

  private static final Map<String, String> NAMES =
      Map.of(
          "namespace", NAMESPACE,
          "pipeline", named("labels", "tekton.dev/pipeline"),
          "repository", named("annotations", "pipelinesascode.tekton.dev/repository"));

  private static String named(String map, String key) {
    return "concat(" + NAMESPACE + ", '/', data->'metadata'->'" + map + "'->>'" + key + "')";
  }

  /** The grouping that a client names; none if there is no such. */
  public static Optional<Grouping> named(String name) {
    Matcher time = TIME.matcher(name);
    return time.matches()
        ? Optional.of(by(time.group(1), time.group(2)))
        : Optional.ofNullable(NAMES.get(name)).map(Grouping::new);
  }

  private static Grouping by(String unit, @Nullable String field) {
    String text =
        field == null
            ? "data->'metadata'->>'creationTimestamp'"
            : "data->'status'->>'" + field + "'";
    return new Grouping(
        "extract(epoch from date_trunc('%s', %s AT TIME ZONE 'UTC'))"
            .formatted(unit, SafeSql.timestamp(text)));
  }
}
