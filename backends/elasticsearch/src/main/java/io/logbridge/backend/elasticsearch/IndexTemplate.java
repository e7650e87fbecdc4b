// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.TimeRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of indices with places for the date and the namespace, so that a query asks the indices of
 * its window only: {@code logstash-{date:yyyy.MM.dd}}, {@code app-{namespace}-*}.
 *
 * <p>Dates are in UTC, as fluentd, Fluent Bit, Logstash and Vector write them.
 */
final class IndexTemplate {

  /** A line may be filed a little before or after its own time. */
  static final Duration MARGIN = Duration.ofHours(1);

  /** More names than that are asked for by one wildcard. */
  static final int MAX_NAMES = 60;

  /** Elasticsearch refuses a request line of more than 4096 bytes. */
  private static final int MAX_LENGTH = 2048;

  private static final Pattern PLACE = Pattern.compile("\\{(namespace|date:([^{}]+))}");

  private final List<String> templates;

  private IndexTemplate(List<String> templates) {
    this.templates = templates;
  }

  /**
   * @param text templates separated by commas
   * @throws IllegalArgumentException if one of them is not a template; the message says why
   */
  static IndexTemplate parse(String text) {
    List<String> templates = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    for (String template : templates) {
      check(template);
    }
    return new IndexTemplate(templates);
  }

  private static void check(String template) {
    String rest = PLACE.matcher(template).replaceAll("x");
    if (template.isEmpty() || rest.matches(".*[{}\\s/\\\\?\"<>|#].*") || rest.startsWith("-")) {
      throw new IllegalArgumentException(
          "\"" + template + "\" is not a name with {date:PATTERN}, {namespace} and *");
    }
    Matcher places = PLACE.matcher(template);
    while (places.find()) {
      if (places.group(2) != null) {
        value(places.group(2), Instant.EPOCH);
      }
    }
  }

  private static String value(String pattern, Instant at) {
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC).format(at);
    } catch (DateTimeException | IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "\"" + pattern + "\" is not a date pattern such as yyyy.MM.dd");
    }
  }

  /** The indices that can hold lines of this namespace and window, whose end is closed. */
  IndexTarget expand(String namespace, TimeRange range, Instant now) {
    Instant from = range.start().minus(MARGIN);
    Instant to = (range.end() == null ? now : range.end()).plus(MARGIN);
    List<String> names = new ArrayList<>();
    List<String> dated = new ArrayList<>();
    for (String template : templates) {
      String place = template.replace("{namespace}", namespace);
      List<String> expanded = expand(place, from, to);
      names.addAll(expanded);
      if (place.contains("{date:")) {
        dated.addAll(expanded);
      }
    }
    return new IndexTarget(names, dated);
  }

  /** Every index that these templates can name for a namespace. */
  IndexTarget of(String namespace) {
    List<String> names =
        templates.stream()
            .map(template -> wildcard(template.replace("{namespace}", namespace)))
            .distinct()
            .toList();
    return new IndexTarget(names, List.of());
  }

  /** Every index that these templates can name. */
  IndexTarget all() {
    List<String> names = templates.stream().map(IndexTemplate::wildcard).distinct().toList();
    return new IndexTarget(names, List.of());
  }

  private static List<String> expand(String template, Instant from, Instant to) {
    Matcher matcher = PLACE.matcher(template);
    if (!matcher.find()) {
      return List.of(template);
    }
    ChronoUnit step = finestUnit(template);
    if (step.getDuration().multipliedBy(MAX_NAMES).compareTo(Duration.between(from, to)) < 0) {
      return List.of(wildcard(template));
    }
    Set<String> names = new LinkedHashSet<>();
    ZonedDateTime last = to.atZone(ZoneOffset.UTC);
    for (ZonedDateTime at = from.atZone(ZoneOffset.UTC); !at.isAfter(last); at = at.plus(1, step)) {
      names.add(replace(template, at.toInstant()));
    }
    names.add(replace(template, to));
    int length = names.stream().mapToInt(name -> name.length() + 3).sum();
    return length <= MAX_LENGTH && names.size() <= MAX_NAMES + 2
        ? List.copyOf(names)
        : List.of(wildcard(template));
  }

  private static String replace(String template, Instant at) {
    return PLACE
        .matcher(template)
        .replaceAll(place -> Matcher.quoteReplacement(value(place.group(2), at)));
  }

  private static String wildcard(String template) {
    return PLACE.matcher(template).replaceAll("*");
  }

  private static ChronoUnit finestUnit(String template) {
    StringBuilder patterns = new StringBuilder();
    Matcher places = PLACE.matcher(template);
    while (places.find()) {
      patterns.append(places.group(2));
    }
    String letters = patterns.toString().replaceAll("'[^']*'", "");
    if (letters.matches(".*[HhKkmsSAnN].*")) {
      return ChronoUnit.HOURS;
    }
    if (letters.matches(".*[dDwWeEcFY].*")) {
      return ChronoUnit.DAYS;
    }
    return letters.matches(".*[MLQq].*") ? ChronoUnit.MONTHS : ChronoUnit.YEARS;
  }
}
