// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk.fake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the command {@code search} asks for.
 *
 * @param terms of the lexicon that every event has that passes
 * @param test whether an event passes
 */
record SplCondition(List<String> terms, Predicate<StoredEvent> test) {

  /** Which index is searched by a search that names none. */
  private static final String DEFAULT_INDEX = "main";

  /** Reads the whole of a command's arguments. */
  static SplCondition parse(SplTokens tokens) {
    Reader reader = new Reader(tokens);
    SplCondition condition = reader.alternatives();
    tokens.requireEnd();
    return reader.namesIndex
        ? condition
        : condition.and(test(event -> event.index().equals(DEFAULT_INDEX)));
  }

  private static SplCondition test(Predicate<StoredEvent> test) {
    return new SplCondition(List.of(), test);
  }

  private SplCondition and(SplCondition other) {
    List<String> all = new ArrayList<>(terms);
    all.addAll(other.terms);
    return new SplCondition(all, test.and(other.test));
  }

  private static final class Reader {

    private final SplTokens tokens;
    private boolean namesIndex;

    Reader(SplTokens tokens) {
      this.tokens = tokens;
    }

    SplCondition alternatives() {
      SplCondition first = all();
      while (tokens.take("OR")) {
        first = test(first.test.or(all().test));
      }
      return first;
    }

    private SplCondition all() {
      SplCondition all = single();
      while (tokens.hasMore() && !tokens.isNext(")") && !tokens.isNext("OR")) {
        tokens.take("AND");
        all = all.and(single());
      }
      return all;
    }

    private SplCondition single() {
      if (tokens.take("NOT")) {
        return test(single().test.negate());
      }
      if (tokens.take("(")) {
        SplCondition inner = alternatives();
        tokens.require(")");
        return inner;
      }
      SplTokens.Token token = tokens.take();
      if (tokens.take("=")) {
        return compare(token.text(), tokens.take().text());
      }
      if (!token.quoted() && token.text().contains("::")) {
        int colons = token.text().indexOf("::");
        String rest = token.text().substring(colons + 2);
        return indexed(
            token.text().substring(0, colons), rest.isEmpty() ? tokens.take().text() : rest);
      }
      return phrase(token.text());
    }

    private SplCondition compare(String field, String value) {
      if (value.matches(".*[()=,|].*")) {
        throw new SplException("Error in 'search' command: Unable to parse the search.");
      }
      Pattern pattern =
          Pattern.compile(
              "\\Q" + value.replace("*", "\\E.*\\Q") + "\\E",
              Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
      if (field.equals("index")) {
        namesIndex = true;
        return test(event -> pattern.matcher(event.index()).matches());
      }
      return test(event -> {
        String stored = event.fields().get(field);
        return stored != null && pattern.matcher(stored).matches();
      });
    }

    private static SplCondition indexed(String field, String value) {
      return new SplCondition(
          List.of(EventStore.indexed(field, value)),
          event -> value.equalsIgnoreCase(event.fields().get(field)));
    }

    private static SplCondition phrase(String phrase) {
      if (phrase.contains("*")) {
        throw new SplException("Error in 'search' command: wildcards are not for this.");
      }
      Set<String> segments = new HashSet<>();
      EventStore.segments(phrase, segments);
      String lower = phrase.toLowerCase(Locale.ROOT);
      return new SplCondition(List.copyOf(segments), event -> hasPhrase(event.raw(), lower));
    }

    private static boolean hasPhrase(String raw, String phrase) {
      int length = phrase.length();
      for (int at = 0; at <= raw.length() - length; at++) {
        boolean begins = at == 0 || !EventStore.isInner(raw.charAt(at - 1));
        int end = at + length;
        boolean ends = end == raw.length() || !EventStore.isInner(raw.charAt(end));
        if (begins && ends && raw.regionMatches(true, at, phrase, 0, length)) {
          return true;
        }
      }
      return false;
    }
  }
}
