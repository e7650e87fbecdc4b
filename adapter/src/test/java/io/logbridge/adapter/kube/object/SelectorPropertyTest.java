// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is selected by labels is what Kubernetes would select, in pages of any size. */
class SelectorPropertyTest {

  private static final List<String> KEYS = List.of("app", "example.com/tier", "n", "in");
  private static final List<String> VALUES = List.of("", "a", "b", "in", "7", "12", "x_y.z-1");

  private static final List<Map<String, String>> RUNS = runs();

  private static Archive archive;

  @BeforeContainer
  static void fill() {
    archive = new Archive();
    for (int i = 0; i < RUNS.size(); i++) {
      String labels =
          RUNS.get(i).entrySet().stream()
              .map(label -> "'%s':'%s'".formatted(label.getKey(), label.getValue()))
              .reduce((one, other) -> one + "," + other)
              .map(all -> ",'labels':{" + all + "}")
              .orElse("");
      archive.add("ns", Archive.TASK_RUN, "{'metadata':{'name':'run-%d'%s}}".formatted(i, labels));
    }
  }

  @AfterContainer
  static void close() {
    archive.close();
  }

  /** Every key is missing, or has one value or another, in some combination. */
  private static List<Map<String, String>> runs() {
    List<Map<String, String>> runs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Map<String, String> labels = new TreeMap<>();
      int code = i * 37 + i / 8;
      for (String key : KEYS) {
        int value = code % (VALUES.size() + 1);
        if (value < VALUES.size()) {
          labels.put(key, VALUES.get(value));
        }
        code = code / 3 + i;
      }
      runs.add(labels);
    }
    return runs;
  }

  /** A requirement, with what it means. */
  record Requirement(String text, Meaning meaning) {}

  interface Meaning {
    boolean holds(Map<String, String> labels);
  }

  @Property(tries = 150)
  void selectedIsWhatTheSelectorMeans(
      @ForAll("selectors") List<Requirement> selector, @ForAll("limits") int limit) {
    String text = String.join(",", selector.stream().map(Requirement::text).toList());
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < RUNS.size(); i++) {
      Map<String, String> labels = RUNS.get(i);
      if (selector.stream().allMatch(requirement -> requirement.meaning().holds(labels))) {
        expected.add("run-" + i);
      }
    }

    assertThat(pages(text, limit)).as(text).isEqualTo(expected);
  }

  private static List<String> pages(String selector, int limit) {
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      var page =
          archive.list(KubeResource.TASKRUNS, "ns", new ListOptions(selector, "", limit, token));
      names.addAll(Archive.names(page));
      token = page.path("metadata").path("continue").asString("");
    } while (!token.isEmpty());
    return names;
  }

  @Provide
  Arbitrary<Integer> limits() {
    return Arbitraries.of(0, 1, 7, 100);
  }

  @Provide
  Arbitrary<List<Requirement>> selectors() {
    return Arbitraries.oneOf(exists(), exact(), sets(), compared()).list().ofMaxSize(3);
  }

  private static Arbitrary<String> keys() {
    return Arbitraries.of(KEYS);
  }

  private static Arbitrary<Requirement> exists() {
    return Combinators.combine(keys(), Arbitraries.of(true, false))
        .as((key, there) ->
            new Requirement((there ? "" : "!") + key, labels -> labels.containsKey(key) == there));
  }

  private static Arbitrary<Requirement> exact() {
    return Combinators.combine(keys(), Arbitraries.of("=", "==", "!="), Arbitraries.of(VALUES))
        .as((key, operator, value) ->
            new Requirement(
                key + operator + value,
                labels -> value.equals(labels.get(key)) == !operator.equals("!=")));
  }

  private static Arbitrary<Requirement> sets() {
    return Combinators.combine(
            keys(), Arbitraries.of("in", "notin"), Arbitraries.of(VALUES).set().ofMinSize(1))
        .as(SelectorPropertyTest::ofSet);
  }

  private static Requirement ofSet(String key, String operator, Set<String> values) {
    return new Requirement(
        "%s %s (%s)".formatted(key, operator, String.join(", ", values)),
        labels -> values.contains(labels.getOrDefault(key, "?")) == operator.equals("in"));
  }

  private static Arbitrary<Requirement> compared() {
    return Combinators.combine(keys(), Arbitraries.of(">", "<"), Arbitraries.of(7, 9, 12))
        .as((key, operator, bound) ->
            new Requirement(
                key + operator + bound,
                labels ->
                    labels.getOrDefault(key, "").matches("[0-9]+")
                        && Integer.signum(Integer.compare(Integer.parseInt(labels.get(key)), bound))
                            == (operator.equals(">") ? 1 : -1)));
  }
}
