// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.elasticsearch.FieldPlan.Match;
import io.logbridge.backend.paging.Window;
import io.logbridge.backend.shipped.DocumentReader;
import io.logbridge.backend.shipped.FieldPreset;
import io.logbridge.backend.shipped.FieldRole;
import io.logbridge.backend.shipped.TieKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class SearchResponseParserTest {

  private static final ContainerRef CONTAINER =
      new ContainerRef("ci", "build-pod", null, "step-build");
  private static final Window ALL = new Window(0, Long.MAX_VALUE);
  private static final FieldPlan EXACT = new FieldPlan("@timestamp", false, Map.of());

  @ParameterizedTest
  @ValueSource(strings = {"9.5.3", "8.19.21"})
  void recordedPage_hasNanosecondsOfBothMappings(String version) throws Exception {
    SearchPage page =
        parse(
            FieldMapping.of(FieldPreset.FLUENTD),
            Golden.body(version + "/mixed-date-and-nanos-numeric-type"));

    assertThat(page.hits())
        .extracting(hit -> hit.entry().text(), Hit::nanos)
        .containsExactly(
            tuple("mix-ms-0", 1795168800000000000L),
            tuple("mix-ms-1", 1795168800000001000L),
            tuple("mix-ms-2", 1795168800000002000L),
            tuple("mix-ns-0", 1795168800000000500L),
            tuple("mix-ns-1", 1795168800000001500L),
            tuple("mix-ns-2", 1795168800000002500L));
    assertThat(page.lastSort()).containsExactly(1795168800000002500L);
    assertThat(page.returned()).isEqualTo(6);
    assertThat(page.failedShards()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void documentOfEachShipper_becomesAnEntry(FieldPreset preset) throws Exception {
    String source =
        switch (preset) {
          case FLUENTD ->
              """
              {"@timestamp":"2026-11-20T08:00:00.123456789+00:00","log":"hello\\n",
               "stream":"stderr","logtag":"P","docker":{"container_id":"x"}}\
              """;
          case FLUENT_BIT ->
              """
              {"@timestamp":"2026-11-20T08:00:00.123Z","time":"2026-11-20T08:00:00.123456789Z",
               "log":"hello","message":"merged","stream":"stderr","_p":"P"}\
              """;
          case VECTOR ->
              """
              {"timestamp":"2026-11-20T08:00:00.123456789Z","message":"hello","stream":"stderr",
               "_partial":true,"file":"/var/log/pods/x/0.log"}\
              """;
          case FILEBEAT ->
              """
              {"@timestamp":"2026-11-20T08:00:00.123456789Z","message":"hello","stream":"stderr",
               "log":{"offset":17,"file":{"path":"/var/log/containers/x.log"}}}\
              """;
          case VIAQ ->
              """
              {"@timestamp":"2026-11-20T08:00:00.123456789Z","message":"hello",
               "kubernetes":{"container_iostream":"stderr"},"openshift":{"sequence":"17"}}\
              """;
          case OPENTELEMETRY ->
              """
              {"@timestamp":"1795161600123.456789","body":{"text":"hello"},
               "attributes":{"log.iostream":"stderr","logtag":"P"},
               "resource":{"attributes":{"k8s.pod.name":"build-pod"}}}\
              """;
        };
    boolean partial = preset != FieldPreset.FILEBEAT && preset != FieldPreset.VIAQ;

    SearchPage page = parse(FieldMapping.of(preset), answer(source));

    assertThat(page.hits())
        .extracting(Hit::entry)
        .containsExactly(
            new LogEntry(
                Instant.parse("2026-11-20T08:00:00.123456789Z"),
                LogStream.STDERR,
                "hello",
                partial));
    TieKey tie = page.hits().getFirst().tie();
    switch (preset) {
      case FILEBEAT -> assertThat(tie).isEqualTo(new TieKey("/var/log/containers/x.log", 17));
      case VIAQ -> assertThat(tie).isEqualTo(new TieKey("", 17));
      default -> assertThat(tie).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"@timestamp":"1795161600123.456789","body":{"text":"hello"},"attributes":{
          "log.iostream":"stderr","logtag":"P","log.file.path":"/0.log",
          "log.file.record_number":17}}\
        """,
        """
        {"@timestamp":"2026-11-20T08:00:00.123456789Z","Body":"hello","Attributes":{
          "log.iostream":"stderr","logtag":"P","log.file.path":"/0.log",
          "log.file.record_number":17}}\
        """,
        """
        {"@timestamp":"2026-11-20T08:00:00.123456789Z","message":"hello","logtag":"P",
         "log":{"iostream":"stderr","file":{"path":"/0.log","record_number":17}}}\
        """
      })
  void everyModeOfTheCollector_isUnderstood(String source) throws Exception {
    Hit hit = parse(FieldMapping.of(FieldPreset.OPENTELEMETRY), answer(source)).hits().getFirst();

    assertThat(hit.entry())
        .isEqualTo(
            new LogEntry(
                Instant.parse("2026-11-20T08:00:00.123456789Z"), LogStream.STDERR, "hello", true));
    assertThat(hit.tie()).isEqualTo(new TieKey("/0.log", 17));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"log\":\"\"} | ''",
        "{\"log\":\"\\n\"} | ''",
        "{\"log\":\"\\n\\n\"} | '\n'",
        "{\"log\":\"a\\r\\n\"} | 'a\r'",
        "{\"log\":null,\"message\":\"m\"} | m",
        "{\"log\":\"\",\"message\":\"m\"} | m",
        "{\"message\":\"m\",\"log\":\"l\"} | l",
        "{\"message\":\"m\",\"log\":\"\\n\"} | ''",
        "{\"log\":17} | 17",
        "{\"log\":true} | true",
        "{\"log\":{\"a\":[1,{\"b\":null}]}} | {\"a\":[1,{\"b\":null}]}",
        "{\"log\":[\"a\",\"b\"],\"message\":\"m\"} | [\"a\",\"b\"]",
      })
  void message_isTheFirstFieldThatHasOne(String source, String text) throws Exception {
    assertThat(parse(FieldMapping.of(FieldPreset.FLUENTD), answer(source)).hits())
        .extracting(hit -> hit.entry().text())
        .containsExactly(text);
  }

  @Test
  void structuredMessage_isJson() throws Exception {
    String source = "{\"structured\":{\"level\":\"info\",\"n\":1.0}}";

    assertThat(parse(FieldMapping.of(FieldPreset.VIAQ), answer(source)).hits())
        .extracting(hit -> hit.entry().text())
        .containsExactly("{\"level\":\"info\",\"n\":1.0}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"log\":\"a\"} | false",
        "{\"log\":\"a\",\"logtag\":\"F\"} | false",
        "{\"log\":\"a\",\"logtag\":\"P\"} | true",
        "{\"log\":\"a\",\"partial_message\":\"true\",\"partial_last\":\"false\"} | true",
        "{\"log\":\"a\",\"partial_message\":\"true\",\"partial_last\":\"true\"} | false",
      })
  void partialMarks_areUnderstood(String source, boolean partial) throws Exception {
    assertThat(parse(FieldMapping.of(FieldPreset.FLUENTD), answer(source)).hits())
        .extracting(hit -> hit.entry().partial())
        .containsExactly(partial);
  }

  @Test
  void missingNewline_marksAPartialLineOnlyIfAskedFor() throws Exception {
    FieldMapping docker =
        FieldMapping.from(
            TestBackends.settings(Map.of("fields.partial", "newline")).section("fields"));

    assertThat(parse(docker, answer("{\"log\":\"a\"}")).hits().getFirst().entry().partial())
        .isTrue();
    assertThat(parse(docker, answer("{\"log\":\"a\\n\"}")).hits().getFirst().entry().partial())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"log\":\"m\",\"kubernetes\":{\"pod_name\":\"build-pod\"}}",
        "{\"log\":\"m\",\"kubernetes.pod_name\":\"build-pod\"}",
      })
  void hitOfAnInexactSearch_isKeptIfItIsThePods(String source) throws Exception {
    assertThat(parsePhrase(source).hits()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"log\":\"m\",\"kubernetes\":{\"pod_name\":\"x-build-pod\"}}",
        "{\"log\":\"m\",\"kubernetes\":{\"pod_name\":\"BUILD-POD\"}}",
        "{\"log\":\"m\"}",
      })
  void hitOfAnInexactSearch_isDroppedIfItIsAnothers(String source) throws Exception {
    SearchPage page = parsePhrase(source);

    assertThat(page.hits()).isEmpty();
    assertThat(page.returned()).isEqualTo(1);
    assertThat(page.lastSort()).containsExactly(1795161600123000000L, 5L, 7L);
  }

  @Test
  void timeOfAnotherMillisecond_isNotBelieved() throws Exception {
    String source = "{\"@timestamp\":\"2026-11-20T09:00:00.123456789Z\",\"log\":\"m\"}";

    assertThat(parse(FieldMapping.of(FieldPreset.FLUENTD), answer(source)).hits())
        .extracting(Hit::nanos)
        .containsExactly(1795161600123000000L);
  }

  @Test
  void windowEndsAtTheNanosecond() throws Exception {
    String source = "{\"@timestamp\":\"2026-11-20T08:00:00.123456789Z\",\"log\":\"m\"}";
    long nanos = 1795161600123456789L;

    assertThat(parse(new Window(nanos, nanos + 1), source).hits()).hasSize(1);
    assertThat(parse(new Window(nanos - 1, nanos), source).hits()).isEmpty();
    assertThat(parse(new Window(nanos + 1, nanos + 2), source).hits()).isEmpty();
  }

  @Test
  void documentWithoutMessage_hasToBeReadWhole() {
    ElasticsearchFailure failure =
        catchThrowableOfType(
            ElasticsearchFailure.class,
            () -> parse(FieldMapping.of(FieldPreset.FLUENTD), answer("{\"msg\":\"m\"}")));

    assertThat(failure.kind()).isEqualTo(ElasticsearchFailure.Kind.NO_MESSAGE);
  }

  @Test
  void wholeDocumentWithoutMessage_isALineAsItIsStored() throws Exception {
    String source =
        "{\"stream\":\"stderr\",\"logtag\":\"P\",\"msg\":{\"a\":[1.50,null,\"\u00e9\"]}}";

    Hit hit = parseWhole(answer(source)).hits().getFirst();

    assertThat(hit.decoded()).isFalse();
    assertThat(hit.entry().text()).isEqualTo(source);
    assertThat(hit.entry().stream()).isEqualTo(LogStream.STDERR);
    assertThat(hit.entry().partial()).isFalse();
  }

  @Test
  void wholeDocumentWithMessage_isItsMessage() throws Exception {
    Hit hit = parseWhole(answer("{\"other\":{\"log\":\"no\"},\"log\":\"m\\n\"}")).hits().getFirst();

    assertThat(hit.decoded()).isTrue();
    assertThat(hit.entry().text()).isEqualTo("m");
  }

  @Test
  void documentWhoseSourceIsNotKept_isIncomplete() {
    InputStream answer =
        stream(
            """
            {"_shards":{"total":1,"failed":0},"hits":{"hits":[
              {"_index":"i","_id":"a","sort":[1795161600123000000,5,7]}]}}\
            """);

    ElasticsearchFailure failure =
        catchThrowableOfType(ElasticsearchFailure.class, () -> parseWhole(answer));

    assertThat(failure.kind()).isEqualTo(ElasticsearchFailure.Kind.OTHER);
    assertThat(failure.toLogBackendException().reason()).isEqualTo(Reason.INCOMPLETE);
    assertThat(failure)
        .hasMessage(
            "Elasticsearch index i has a document of this log of which it keeps no source (expected"
                + " in it: log, message)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}}",
        "{\"_shards\":{\"total\":1},\"hits\":{\"hits\":{}}}",
        "{\"_shards\":{\"total\":1},\"hits\":{\"hits\":[{\"_id\":\"a\",\"sort\":[\"x\"]}]}}",
        "{\"_shards\":{\"total\":1},\"hits\":{\"hits\":[{\"_id\":\"a\",\"sort\":[1.5]}]}}",
        "{\"_shards\":{\"total\":1},\"hits\":{\"hits\":[{\"_id\":\"a\",\"sort\":[null]}]}}",
      })
  void otherJson_isUnreadable(String body) {
    assertThatThrownBy(() -> parse(FieldMapping.of(FieldPreset.FLUENTD), stream(body)))
        .isInstanceOf(JacksonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"hits\":{\"hits\":[]}}",
        "{\"_shards\":{\"total\":1},\"hits\":{\"hits\":[{\"sort\":[1,2]}]}}",
        "{\"_shards\":{\"total\":1},\"hits\":{\"hits\":[{\"_id\":\"a\"}]}}",
      })
  void incompleteAnswer_isMalformed(String body) {
    ElasticsearchFailure failure =
        catchThrowableOfType(
            ElasticsearchFailure.class,
            () -> parse(FieldMapping.of(FieldPreset.FLUENTD), stream(body)));

    assertThat(failure.toLogBackendException().reason()).isEqualTo(Reason.MALFORMED);
  }

  private static SearchPage parse(FieldMapping mapping, InputStream answer) throws Exception {
    DocumentReader reader = Documents.reader(mapping, EXACT, CONTAINER);
    return new SearchResponseParser(reader, ALL, false, "log, message").parse(answer);
  }

  private static SearchPage parseWhole(InputStream answer) throws Exception {
    DocumentReader reader =
        Documents.reader(FieldMapping.of(FieldPreset.FLUENTD), EXACT, CONTAINER);
    return new SearchResponseParser(reader, ALL, true, "log, message").parse(answer);
  }

  private static SearchPage parse(Window window, String source) throws Exception {
    DocumentReader reader =
        Documents.reader(FieldMapping.of(FieldPreset.FLUENTD), EXACT, CONTAINER);
    return new SearchResponseParser(reader, window, false, "log").parse(answer(source));
  }

  private static SearchPage parsePhrase(String source) throws Exception {
    FieldPlan phrase =
        new FieldPlan(
            "@timestamp",
            false,
            Map.of(FieldRole.POD, List.of(new Match("kubernetes.pod_name", true))));
    DocumentReader reader =
        Documents.reader(FieldMapping.of(FieldPreset.FLUENTD), phrase, CONTAINER);
    return new SearchResponseParser(reader, ALL, false, "log").parse(answer(source));
  }

  private static InputStream answer(String source) {
    return stream(
        """
        {"pit_id":"p","timed_out":false,"_shards":{"total":1,"failed":0},"hits":{"hits":[
          {"_index":"i","_id":"a","_source":%s,"sort":[1795161600123000000,5,7]}]}}\
        """
            .formatted(source));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
