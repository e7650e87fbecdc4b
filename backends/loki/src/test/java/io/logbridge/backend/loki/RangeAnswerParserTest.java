// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.loki.Entries.Line;
import io.logbridge.backend.shipped.TieKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class RangeAnswerParserTest {

  private static final String UID = "7c1d6f0e-1f35-4b8c-9d52-3f6a5b0e9c11";
  private static final ContainerRef CONTAINER = new ContainerRef("ci", "run-pod", UID, "step-a");

  @Test
  void entriesOfAllStreams_areRead() {
    Entries entries =
        parse(
            LokiPreset.PROMTAIL,
            """
            {"stream":{"pod":"run-pod","stream":"stderr"},"values":[
              ["1795161600000000002","b"],["1795161600000000003",""]]},
            {"stream":{"pod":"run-pod","stream":"stdout"},"values":[
              ["1795161600000000001","a",{"structuredMetadata":{"detected_level":"info"}}]]}\
            """);

    assertThat(entries.lines().stream().map(Line::entry))
        .containsExactly(
            LogEntry.of(time(2), LogStream.STDERR, "b"),
            LogEntry.of(time(3), LogStream.STDERR, ""),
            LogEntry.of(time(1), LogStream.STDOUT, "a"));
    assertThat(entries.returned()).isEqualTo(3);
    assertThat(entries.first()).isEqualTo(1795161600000000001L);
    assertThat(entries.last()).isEqualTo(1795161600000000003L);
    assertThat(entries.textChars()).isEqualTo(2);
  }

  @Test
  void metadata_comesBeforeTheStreamsLabels() {
    Entries entries =
        parse(
            LokiPreset.OTLP,
            """
            {"stream":{"log_iostream":"stdout"},"values":[
              ["1795161600000000001","a",{"structuredMetadata":{"log_iostream":"stderr",
                "logtag":"P"},"parsed":{"logtag":"F"}}]]}\
            """);

    assertThat(entries.lines().getFirst().entry())
        .isEqualTo(new LogEntry(time(1), LogStream.STDERR, "a", true));
  }

  @Test
  void linesThatAreDocuments_tellTheirSequenceAndTime() {
    Entries entries =
        parse(
            LokiPreset.VIAQ,
            """
            {"stream":{},"values":[["1795161600000000000",
              "{\\"@timestamp\\":\\"2026-11-20T08:00:00.000000042Z\\",\\"message\\":\\"a\\",\
            \\"openshift\\":{\\"sequence\\":7}}"]]}\
            """);

    Line line = entries.lines().getFirst();
    assertThat(line.tie()).isEqualTo(new TieKey("", 7));
    assertThat(line.ownNanos() - line.nanos()).isEqualTo(42);
    assertThat(line.entry().text()).isEqualTo("a");
  }

  @Test
  void linesOfAnotherPod_areCountedAndNotGiven() {
    Entries entries =
        parse(
            LokiPreset.FLUENT_BIT,
            """
            {"stream":{},"values":[
              ["1","{\\"log\\":\\"a\\",\\"kubernetes\\":{\\"pod_id\\":\\"other\\"}}"],
              ["2","{\\"log\\":\\"b\\",\\"kubernetes\\":{\\"pod_id\\":\\"%s\\"}}"],
              ["3","{\\"log\\":\\"c\\"}"],
              ["4","no document"]]}\
            """
                .formatted(UID));

    assertThat(entries.returned()).isEqualTo(4);
    assertThat(entries.lines().stream().map(line -> line.entry().text()))
        .containsExactly("b", "c", "no document");
  }

  @Test
  void entriesThatHaveBeenRead_onlyCountAsReturned() {
    Entries entries =
        parser(LokiPreset.PROMTAIL, 3)
            .parse(
                stream(
                    "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":["
                        + "{\"stream\":{},\"values\":[[\"2\",\"old\"],[\"3\",\"new\"]]}]}}"));

    assertThat(entries.lines().stream().map(line -> line.entry().text())).containsExactly("new");
    assertThat(entries.returned()).isEqualTo(2);
    assertThat(entries.first()).isEqualTo(2);
    assertThat(entries.last()).isEqualTo(3);
    assertThat(entries.textChars()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"status\":\"success\"}",
        "{\"status\":\"success\",\"data\":{}}",
        "{\"status\":\"error\",\"data\":{\"resultType\":\"streams\",\"result\":[]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[]}} more",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[{\"values\":[],"
            + "\"stream\":{}}]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[{\"stream\":{},"
            + "\"values\":[[\"soon\",\"a\"]]}]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[{\"stream\":{},"
            + "\"values\":[[\"1\"]]}]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[{\"stream\":{},",
      })
  void whatIsNoAnswer_isRefused(String answer) {
    assertThatExceptionOfType(JacksonException.class)
        .isThrownBy(() -> parser(LokiPreset.PROMTAIL).parse(stream(answer)));
  }

  private static Entries parse(LokiPreset preset, String streams) {
    return parser(preset)
        .parse(
            stream(
                "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":["
                    + streams
                    + "],\"stats\":{\"summary\":{\"lines\":[1]}}}}"));
  }

  private static RangeAnswerParser parser(LokiPreset preset) {
    return parser(preset, 0);
  }

  private static RangeAnswerParser parser(LokiPreset preset, long from) {
    return new RangeAnswerParser(
        LineSettings.of(preset).decoder(CONTAINER, Set.of()),
        Map.of(
            "stream", LabelRole.STREAM,
            "log_iostream", LabelRole.STREAM,
            "logtag", LabelRole.PARTIAL),
        from);
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Instant time(int nano) {
    return Instant.ofEpochSecond(1795161600, nano);
  }
}
