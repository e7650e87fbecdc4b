// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.RecordSummary.Status;
import io.logbridge.proto.v1alpha2.Result;
import java.util.HexFormat;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoJsonReaderTest {

  @Test
  void names_areThoseOfTheProtoFileOrOfJson() {
    Result result =
        result(
            """
            {"name": "n", "annotations": {"a": "1", "b": ""},
             "summary": {"record": "r", "startTime": "2024-01-01T01:00:00.5+01:00",
                         "end_time": "2024-01-01T00:00:00.123456789Z", "status": 2}}
            """);

    assertThat(result.getName()).isEqualTo("n");
    assertThat(result.getAnnotationsMap()).containsOnlyKeys("a", "b").containsEntry("a", "1");
    assertThat(result.getSummary().getStartTime())
        .isEqualTo(Timestamp.newBuilder().setSeconds(1704067200).setNanos(500_000_000).build());
    assertThat(result.getSummary().getEndTime())
        .isEqualTo(Timestamp.newBuilder().setSeconds(1704067200).setNanos(123_456_789).build());
    assertThat(result.getSummary().getStatus()).isEqualTo(Status.FAILURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "{}", "{\"name\": null}", "{\"nope\": [{\"x\": [1]}]}"})
  void nothing_andNull_andWhatDoesNotExist_areIgnored(String json) {
    assertThat(result(json)).isEqualTo(Result.getDefaultInstance());
  }

  @Test
  void anEnum_isItsNameOrItsNumber_andAnUnknownNameIsIgnored() {
    assertThat(status("\"TIMEOUT\"")).isEqualTo(3);
    assertThat(status("4")).isEqualTo(4);
    assertThat(status("77")).isEqualTo(77);
    assertThat(status("\"NOPE\"")).isZero();
  }

  private static int status(String json) {
    return result("{\"summary\":{\"status\":" + json + "}}").getSummary().getStatusValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fn5+Pz8/", "fn5-Pz8_", "fn5+\\nPz8/"})
  void base64_isStandardOrUrlSafe(String text) {
    assertThat(value(text)).isEqualTo("~~~???");
  }

  @ParameterizedTest
  @ValueSource(strings = {"YQ==", "YQ"})
  void base64_isPaddedOrNot(String text) {
    assertThat(value(text)).isEqualTo("a");
  }

  private static String value(String base64) {
    return record("{\"data\":{\"value\":\"" + base64 + "\"}}").getData().getValue().toStringUtf8();
  }

  @Test
  void whatFollowsTheMessage_isIgnored() {
    assertThat(result("{\"name\":\"n\"} and more").getName()).isEqualTo("n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "{\"name\": 5}~proto: (line 1:10): invalid value for string field name: 5",
        "[]~proto: syntax error (line 1:1): unexpected token [",
        "\"x\"~proto: syntax error (line 1:1): unexpected token \"x\"",
        "{\"annotations\": {\"a\": 1}}~proto: (line 1:23): invalid value for string field value: 1",
        "{\"annotations\": {\"a\": \"\", \"a\": \"\"}}~proto: (line 1:27): duplicate map key \"a\"",
        "{\"name\": \"ü\", \"name\" : \"y\"}~proto: (line 1:15): duplicate field \"name\"",
        "{\"summary\": []}~proto: syntax error (line 1:13): unexpected token [",
        "{\"summary\": {\"start_time\": \"yesterday\"}}~proto: (line 1:28): invalid google.protobuf.Timestamp value \"yesterday\"",
        "{\"summary\": {\"startTime\": \"2024-01-01T00:00Z\"}}~proto: (line 1:27): invalid google.protobuf.Timestamp value \"2024-01-01T00:00Z\"",
        "{\"summary\": {\"startTime\": \"2024-02-30T00:00:00Z\"}}~proto: (line 1:27): invalid google.protobuf.Timestamp value \"2024-02-30T00:00:00Z\"",
        "{\"summary\": {\"startTime\": \"0000-12-31T23:59:59Z\"}}~proto: (line 1:27): google.protobuf.Timestamp value out of range: \"0000-12-31T23:59:59Z\"",
        "{\"summary\": {\"startTime\": \"0001-01-01T00:00:00+00:01\"}}~proto: (line 1:27): google.protobuf.Timestamp value out of range: \"0001-01-01T00:00:00+00:01\"",
        "{\"summary\": {\"startTime\": \"9999-12-31T23:59:59-00:01\"}}~proto: (line 1:27): google.protobuf.Timestamp value out of range: \"9999-12-31T23:59:59-00:01\"",
        "{\"summary\": {\"startTime\": \"10000-01-01T00:00:00Z\"}}~proto: (line 1:27): invalid google.protobuf.Timestamp value \"10000-01-01T00:00:00Z\"",
        "{\"summary\": {\"startTime\": \"2024-01-01T00:00:00+25:00\"}}~proto: (line 1:27): invalid google.protobuf.Timestamp value \"2024-01-01T00:00:00+25:00\"",
        "{\"summary\": {\"startTime\": 1}}~proto: syntax error (line 1:27): unexpected token 1",
        "{\"summary\": {\"status\": true}}~proto: (line 1:24): invalid value for enum field status: true",
        "{\"summary\": {\"status\": 1e99}}~proto: (line 1:24): invalid value for enum field status: 1e99",
        "{\"name\": \"\\ud800\", \"etag\": \"\"}~proto: syntax error (line 1:10): invalid escape code \"\\\", \\\"et\" in string",
        "{\"name\": \"a\\udc00\\ud800\"}~proto: syntax error (line 1:10): invalid escape code \"\\\\ud800\" in string",
        "{\"nope\": [{\"x\": \"\\ud83dabcdef\"}]}~proto: syntax error (line 1:17): invalid escape code \"abcdef\" in string",
        "{\"annotations\": {\"a\": \"\\ud800\"}}~unexpected EOF",
        "{\"name\": ~unexpected EOF",
        "{\"name\": \"x~unexpected EOF",
      })
  void whatCannotBeRead_isRefusedInTheWordsOfProtojson(String json, String message) {
    assertThatThrownBy(() -> result(json)).isInstanceOf(RequestException.class).hasMessage(message);
  }

  @Test
  void aPairOfSurrogates_isACharacter_andAnEscapedBackslashBeginsNone() {
    assertThat(result("{\"name\": \"\\ud83d\\ude00\"}").getName()).isEqualTo("\ud83d\ude00");
    assertThat(result("{\"name\": \"\\\\ud800\"}").getName()).isEqualTo("\\ud800");
    assertThat(result("{\"name\": \"x\"} \\ud800").getName()).isEqualTo("x");
  }

  @Test
  void theFirstAndTheLastTime_areTimes() {
    Result result =
        result(
            """
            {"summary": {"startTime": "0000-12-31T23:00:00-01:00",
                         "endTime": "9999-12-31T23:59:59.999999999Z"}}
            """);

    assertThat(result.getSummary().getStartTime().getSeconds()).isEqualTo(-62135596800L);
    assertThat(result.getSummary().getEndTime().getSeconds()).isEqualTo(253402300799L);
  }

  @ParameterizedTest
  @CsvSource({"c3,28", "eda080,edb080", "c080,00"})
  void bytesThatAreNotUtf8_areRefusedWhereTheyStand(String first, String second) {
    byte[] bad = HexFormat.of().parseHex(first + second);
    byte[] json = "{\"etag\": \"ü\", \"name\": \"<>\"}".getBytes(UTF_8);
    int at = json.length - 4;
    byte[] body =
        ByteString.copyFrom(json, 0, at)
            .concat(ByteString.copyFrom(bad))
            .concat(ByteString.copyFrom(json, at, 4))
            .toByteArray();

    assertThatThrownBy(() -> ProtoJsonReader.read(body, Result.newBuilder(), false))
        .isInstanceOf(RequestException.class)
        .hasMessage("proto: syntax error (line 1:23): invalid UTF-8 in string");
  }

  @Test
  void whatIsIgnored_mayBeAsDeepAndAsLongAsInARecord() {
    String deep = "[".repeat(600) + "]".repeat(600);
    String json = "{\"nope\": [%s, %s], \"annotations\": {\"%s\": \"\"}}";

    assertThat(
            result(json.formatted(deep, "1".repeat(2_000), "k".repeat(60_000))).getAnnotationsMap())
        .containsOnlyKeys("k".repeat(60_000));
  }

  @Test
  void places_areLinesAndCharacters() {
    assertThatThrownBy(() -> result("\n\n{\n \"etag\": \"ü\",\n \"name\": {}}"))
        .hasMessage("proto: (line 3:10): invalid value for string field name: {");
  }

  @ParameterizedTest
  @ValueSource(strings = {"###", "YQ=", "Y", "a+_b"})
  void badBase64_isRefused(String text) {
    assertThatThrownBy(() -> record("{\"data\":{\"value\":\"" + text + "\"}}"))
        .hasMessage("proto: (line 1:18): invalid value for bytes field value: \"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name': 1}",
        "{name: 1}",
        "{\"name\" 1}",
        "{,}",
        "nope",
        "/* */ {}",
        "{\"\\ud800\\u0041\": 1}"
      })
  void whatIsNotJson_isRefused(String json) {
    assertThatThrownBy(() -> result(json))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith("the body is not JSON: ");
  }

  @Test
  void unknownFields_canBeRefused() {
    assertThatThrownBy(() ->
            ProtoJsonReader.read(
                "{\"data\": {\"nope\": 1}}".getBytes(UTF_8), Record.newBuilder(), true))
        .hasMessage("could not find field \"nope\" in \"tekton.results.v1alpha2.Any\"");
  }

  @Example
  void deepNesting_isRefused() {
    assertThatThrownBy(() -> result("{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith("the body is not JSON: Document nesting depth (10001)");
  }

  /** No input ends in anything but a message or a refusal. */
  @Property(tries = 500)
  void anyText_isReadOrRefused(@ForAll String text, @ForAll("fragments") String json) {
    for (String input : new String[] {text, json, json + text}) {
      try {
        result(input);
      } catch (RequestException e) {
        assertThat(e.code()).isEqualTo(RequestException.Code.INVALID_ARGUMENT);
      }
    }
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> fragments() {
    return net.jqwik.api.Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"name\"",
            "\"summary\"",
            "\"status\"",
            "\"annotations\"",
            "\"startTime\"",
            "null",
            "true",
            "1",
            "-1e9",
            "\"x\"",
            "\"")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  private static Result result(String json) {
    Result.Builder result = Result.newBuilder();
    ProtoJsonReader.read(json.getBytes(UTF_8), result, false);
    return result.build();
  }

  private static Record record(String json) {
    Record.Builder result = Record.newBuilder();
    ProtoJsonReader.read(json.getBytes(UTF_8), result, false);
    return result.build();
  }
}
