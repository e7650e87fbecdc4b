// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.elasticsearch.FieldPlan.Match;
import io.logbridge.backend.shipped.FieldPreset;
import io.logbridge.backend.shipped.FieldRole;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPlanTest {

  private static final String POD = "kubernetes.pod_name";
  private static final FieldMapping FLUENTD = FieldMapping.of(FieldPreset.FLUENTD);

  @Test
  void keyword_isSearchedByTerm() {
    assertThat(pod(Map.of(POD, types("keyword")))).isEqualTo(new Match(POD, false));
  }

  @Test
  void textWithKeyword_isSearchedByTermOfTheKeyword() {
    assertThat(pod(Map.of(POD, types("text"), POD + ".keyword", types("keyword"))))
        .isEqualTo(new Match(POD + ".keyword", false));
  }

  @Test
  void bareText_isSearchedByPhrase() {
    assertThat(pod(Map.of(POD, types("text")))).isEqualTo(new Match(POD, true));
  }

  @Test
  void keywordHereAndTextThere_areSearchedByPhrase() {
    FieldTypes both = new FieldTypes(Map.of("text", Set.of("a"), "keyword", Set.of("b")));
    FieldTypes sub = new FieldTypes(Map.of("keyword", Set.of("a"), "unmapped", Set.of("b")));

    assertThat(pod(Map.of(POD, both, POD + ".keyword", sub))).isEqualTo(new Match(POD, true));
  }

  @Test
  void indicesWithoutTheField_doNotSpoilTheOthers() {
    FieldTypes text = new FieldTypes(Map.of("text", Set.of("a"), "unmapped", Set.of("b")));
    FieldTypes sub = new FieldTypes(Map.of("keyword", Set.of("a"), "unmapped", Set.of("b")));

    assertThat(pod(Map.of(POD, text, POD + ".keyword", sub)))
        .isEqualTo(new Match(POD + ".keyword", false));
  }

  @Test
  void keywordInSomeIndicesOnly_isSearchedByPhrase() {
    FieldTypes sub = new FieldTypes(Map.of("keyword", Set.of("a"), "unmapped", Set.of("b")));

    assertThat(pod(Map.of(POD, types("text"), POD + ".keyword", sub)))
        .isEqualTo(new Match(POD, true));
  }

  @Test
  void unmappedField_failsAndSaysWhatToSet() {
    LogBackendException failure =
        catchThrowableOfType(LogBackendException.class, () -> pod(Map.of()));

    assertThat(failure.reason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(failure)
        .hasMessage(
            "Elasticsearch indices logs-*: kubernetes.pod_name not mapped (expected: keyword or"
                + " text; the preset is fluentd: set fields.preset or fields.pod)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"long", "text", "keyword"})
  void timestampThatIsNoDate_fails(String type) {
    LogBackendException failure =
        catchThrowableOfType(
            LogBackendException.class,
            () -> plan(FLUENTD, Map.of(POD, types("keyword"), "@timestamp", types(type))));

    assertThat(failure.reason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(failure).hasMessageContaining("@timestamp mapped as " + type);
  }

  @Test
  void secondTimestamp_isTakenIfTheFirstIsNotMapped() {
    FieldMapping vector = FieldMapping.of(FieldPreset.VECTOR);

    assertThat(plan(vector, Map.of(POD, types("keyword"))).timestamp()).isEqualTo("@timestamp");
    assertThat(
            plan(vector, Map.of(POD, types("keyword"), "timestamp", types("date_nanos")))
                .timestamp())
        .isEqualTo("timestamp");
  }

  @Test
  void timestampsInDifferentFields_fail() {
    FieldTypes here = new FieldTypes(Map.of("date", Set.of("a"), "unmapped", Set.of("b")));
    FieldTypes there = new FieldTypes(Map.of("date", Set.of("b"), "unmapped", Set.of("a")));

    LogBackendException failure =
        catchThrowableOfType(
            LogBackendException.class,
            () ->
                plan(
                    FieldMapping.of(FieldPreset.VECTOR),
                    Map.of(POD, types("keyword"), "timestamp", here, "@timestamp", there)));

    assertThat(failure.reason()).isEqualTo(Reason.INCOMPLETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.5.3", "8.19.21"})
  void recordedCapabilities_areUnderstood(String version) throws Exception {
    var answer = FieldCapabilitiesParser.parse(Golden.body(version + "/field-caps"));

    assertThat(answer.indices()).isEqualTo(1);
    assertThat(answer.types().get(POD)).isEqualTo(types("text"));
    assertThat(answer.types().get("@timestamp")).isEqualTo(types("date"));
    assertThat(answer.types()).doesNotContainKey("nope");
    assertThat(
            FieldCapabilitiesParser.parse(Golden.body(version + "/wildcard-no-match-fieldcaps"))
                .indices())
        .isZero();
  }

  private static Match pod(Map<String, FieldTypes> types) {
    return plan(FLUENTD, types).matches().get(FieldRole.POD).getFirst();
  }

  private static FieldPlan plan(FieldMapping mapping, Map<String, FieldTypes> types) {
    Map<String, FieldTypes> all = new HashMap<>();
    all.put("@timestamp", types("date"));
    all.put(mapping.get(FieldRole.NAMESPACE).getFirst(), types("keyword"));
    all.put(mapping.get(FieldRole.CONTAINER).getFirst(), types("keyword"));
    all.putAll(types);
    return FieldPlan.of(mapping, all, "logs-*");
  }

  private static FieldTypes types(String type) {
    return new FieldTypes(Map.of(type, Set.of()));
  }
}
