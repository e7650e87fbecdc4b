// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk.fake;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A search: where its events come from, and what is done with them. */
final class SplPipeline {

  /** What {@code sort} keeps unless it is told otherwise. */
  private static final int DEFAULT_SORT = 10_000;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);

  private static final Pattern HEAD = Pattern.compile("head\\s+(\\d{1,9})\\s*");

  private final FakeSplunk splunk;
  private final List<UnaryOperator<List<SplRow>>> commands = new ArrayList<>();
  private List<String> shown = List.of();
  private boolean transforming;

  private SplPipeline(FakeSplunk splunk) {
    this.splunk = splunk;
  }

  /** The result of a search. */
  record Result(List<SplRow> rows, List<String> fields, boolean transforming) {}

  /**
   * Runs a search.
   *
   * @param from inclusive, in microseconds
   * @param to exclusive
   */
  static Result run(FakeSplunk splunk, String search, long from, long to) {
    if (from >= to) {
      throw new SplException("Invalid earliest_time: it must be before latest_time.");
    }
    SplPipeline pipeline = new SplPipeline(splunk);
    List<String> parts = SplTokens.commands(search);
    List<SplRow> rows = pipeline.source(parts.removeFirst(), parts, from, to);
    for (String part : parts) {
      pipeline.add(part);
    }
    for (UnaryOperator<List<SplRow>> command : pipeline.commands) {
      rows = command.apply(rows);
    }
    return new Result(rows, pipeline.shown, pipeline.transforming);
  }

  private List<SplRow> source(String first, List<String> parts, long from, long to) {
    if (first.isEmpty()) {
      return generated(parts.removeFirst());
    }
    String[] words = first.split("\\s+", 2);
    if (!words[0].equals("search") || words.length < 2) {
      throw new SplException("Unknown search command '" + words[0] + "'.");
    }
    SplCondition condition = SplCondition.parse(SplTokens.of(words[1], false));
    List<StoredEvent> events =
        splunk
            .store()
            .find(
                condition.terms(),
                event ->
                    event.micros() >= from && event.micros() < to && condition.test().test(event));
    Matcher head = HEAD.matcher(parts.isEmpty() ? "" : parts.getFirst());
    if (head.matches()) {
      keepNewest(events, Integer.parseInt(head.group(1)));
    }
    // Newest first; equal times in no order, and another one each time.
    int shuffle = splunk.nextShuffle();
    events.sort(
        Comparator.comparingLong(StoredEvent::micros)
            .reversed()
            .thenComparingInt(event -> (event.number() ^ shuffle) * 0x9E3779B1));
    return new ArrayList<>(events.stream().map(SplRow::new).toList());
  }

  /** A search that needs only the newest ends when it has found them. */
  private static void keepNewest(List<StoredEvent> events, int count) {
    if (count > 0 && events.size() > count) {
      long[] times = events.stream().mapToLong(StoredEvent::micros).sorted().toArray();
      long oldest = times[times.length - count];
      events.removeIf(event -> event.micros() < oldest);
    }
  }

  private List<SplRow> generated(String command) {
    SplTokens tokens = SplTokens.of(command, false);
    if (tokens.take("metadata")) {
      return metadata(tokens);
    }
    if (!tokens.take("eventcount")) {
      throw new SplException("Unknown search command '" + tokens.take().text() + "'.");
    }
    tokens.require("summarize", "=", "false");
    transforming = true;
    return indices(tokens).stream()
        .map(index ->
            new SplRow(null)
                .with("count", String.valueOf(splunk.store().count(index)))
                .with("index", index)
                .with("server", "idx1"))
        .toList();
  }

  /** One kind of source for each index that is not empty. */
  private List<SplRow> metadata(SplTokens tokens) {
    tokens.require("type", "=", "sourcetypes");
    transforming = true;
    List<SplRow> rows = new ArrayList<>();
    for (String index : indices(tokens)) {
      splunk
          .store()
          .oldest(index)
          .ifPresent(micros ->
              rows.add(
                  new SplRow(null)
                      .with("firstTime", String.valueOf(micros / 1_000_000))
                      .with("sourcetype", index)
                      .with("type", "sourcetypes")));
    }
    return rows;
  }

  private List<String> indices(SplTokens tokens) {
    List<String> found = new ArrayList<>();
    while (tokens.hasMore()) {
      tokens.require("index", "=");
      String pattern = tokens.take().text().replace("*", ".*");
      splunk.store().indices().stream().filter(index -> index.matches(pattern)).forEach(found::add);
    }
    return found;
  }

  private void add(String command) {
    String name = command.split("\\s+", 2)[0];
    boolean arithmetic = name.equals("eval") || name.equals("where");
    SplTokens tokens = SplTokens.of(command.substring(name.length()), arithmetic);
    switch (name) {
      case "head" -> {
        int count = Integer.parseInt(tokens.take().text());
        commands.add(rows -> new ArrayList<>(rows.subList(0, Math.min(count, rows.size()))));
      }
      case "fields", "table" -> shown = list(tokens);
      case "sort" -> sort(tokens);
      case "eval" -> eval(tokens);
      case "where" -> where(tokens);
      case "regex" -> regex(tokens);
      case "stats" -> stats(tokens);
      case "delete" -> {
        transforming = true;
        commands.add(this::delete);
      }
      default -> throw new SplException("Unknown search command '" + name + "'.");
    }
    tokens.requireEnd();
  }

  private static List<String> list(SplTokens tokens) {
    List<String> names = new ArrayList<>();
    do {
      names.add(tokens.take().text());
      tokens.take(",");
    } while (tokens.hasMore());
    return names;
  }

  private void sort(SplTokens tokens) {
    String first = tokens.take().text();
    boolean counted = first.matches("\\d+");
    int count = counted ? Integer.parseInt(first) : DEFAULT_SORT;
    String field = counted ? tokens.take().text() : first;
    if (!field.equals("_time")) {
      throw new SplException("Error in 'sort' command: only _time is sorted by here.");
    }
    commands.add(rows -> {
      List<SplRow> sorted = new ArrayList<>(rows);
      sorted.sort(Comparator.comparingLong(row -> row.event().micros()));
      return count == 0 ? sorted : sorted.subList(0, Math.min(count, sorted.size()));
    });
  }

  private void eval(SplTokens tokens) {
    String field = tokens.take().text();
    tokens.require("=");
    String function = tokens.take().text();
    tokens.require("(");
    switch (function) {
      case "strftime" -> {
        tokens.require("_time", ",");
        if (!tokens.take().text().equals("%s.%6N")) {
          throw new SplException("Error in 'eval' command: only %s.%6N is known here.");
        }
        tokens.require(")");
        commands.add(rows -> {
          rows.forEach(row -> row.with(field, seconds(row.event().micros())));
          return rows;
        });
      }
      case "floor" -> {
        tokens.require("(", "_time", "-");
        double start = Double.parseDouble(tokens.take().text());
        tokens.require(")", "/");
        double length = Double.parseDouble(tokens.take().text());
        tokens.require(")");
        commands.add(rows -> {
          for (SplRow row : rows) {
            double time = row.event().micros() / 1e6;
            row.with(field, String.valueOf((long) Math.floor((time - start) / length)));
          }
          return rows;
        });
      }
      default ->
          throw new SplException(
              "Error in 'eval' command: The '" + function + "' function is unsupported.");
    }
  }

  private void where(SplTokens tokens) {
    tokens.require("_time", ">", "=");
    long from = micros(tokens.take().text());
    tokens.require("AND", "_time", "<");
    long to = micros(tokens.take().text());
    commands.add(rows -> {
      rows.removeIf(row -> row.event().micros() < from || row.event().micros() >= to);
      return rows;
    });
  }

  private void regex(SplTokens tokens) {
    tokens.require("_raw", "=");
    Pattern pattern = Pattern.compile(tokens.take().text());
    commands.add(rows -> {
      rows.removeIf(row -> !pattern.matcher(row.event().raw()).find());
      return rows;
    });
  }

  private void stats(SplTokens tokens) {
    tokens.require("count", "by");
    String field = tokens.take().text();
    transforming = true;
    commands.add(rows -> {
      Map<String, Integer> counts = new LinkedHashMap<>();
      rows.forEach(row -> counts.merge(String.valueOf(row.get(field)), 1, Integer::sum));
      List<SplRow> counted = new ArrayList<>();
      counts.forEach((value, count) ->
          counted.add(new SplRow(null).with(field, value).with("count", String.valueOf(count))));
      return counted;
    });
  }

  private List<SplRow> delete(List<SplRow> rows) {
    if (!splunk.mayDelete()) {
      throw new SplException(
          "Error in 'delete' command: You have insufficient privileges to delete events.");
    }
    splunk.store().delete(rows.stream().map(SplRow::event).toList());
    return new ArrayList<>(
        List.of(
            new SplRow(null)
                .with("splunk_server", "idx1")
                .with("index", "__ALL__")
                .with("deleted", String.valueOf(rows.size()))
                .with("errors", "0")));
  }

  /** As an event shows its time. */
  static String date(long micros) {
    return DATE.format(Instant.ofEpochMilli(Math.floorDiv(micros, 1000)).atOffset(ZoneOffset.UTC));
  }

  /** Microseconds of a number of seconds. */
  static long micros(String seconds) {
    return new BigDecimal(seconds)
        .movePointRight(6)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private static String seconds(long micros) {
    return micros / 1_000_000 + "." + String.format(Locale.ROOT, "%06d", micros % 1_000_000);
  }
}
