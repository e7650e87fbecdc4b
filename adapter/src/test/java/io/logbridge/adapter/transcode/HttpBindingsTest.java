// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.transcode.HttpBindings.Found;
import io.logbridge.adapter.transcode.HttpBindings.Match;
import io.logbridge.adapter.transcode.HttpBindings.NoSuchPath;
import io.logbridge.adapter.transcode.HttpBindings.WrongMethod;
import io.logbridge.proto.v1alpha2.ApiProto;
import io.logbridge.proto.v1alpha2.CreateResultRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.Result;
import io.logbridge.proto.v1alpha2.UpdateRecordRequest;
import io.logbridge.proto.v1alpha2.UpdateResultRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBindingsTest {

  private static final String PARENTS = "/apis/results.tekton.dev/v1alpha2/parents/";

  private final HttpBindings bindings =
      HttpBindings.of(
          ApiProto.getDescriptor().findServiceByName("Results"),
          ApiProto.getDescriptor().findServiceByName("Logs"));

  @ParameterizedTest
  @CsvSource({
    "POST,ns/results,CreateResult,parent,ns",
    "GET,ns/results,ListResults,parent,ns",
    "GET,ns/results/r,GetResult,name,ns/results/r",
    "PATCH,ns/results/r,UpdateResult,result.name,ns/results/r",
    "DELETE,ns/results/r,DeleteResult,name,ns/results/r",
    "POST,ns/results/r/records,CreateRecord,parent,ns/results/r",
    "GET,-/results/-/records,ListRecords,parent,-/results/-",
    "GET,ns/results/r/records/x,GetRecord,name,ns/results/r/records/x",
    "PATCH,ns/results/r/records/x,UpdateRecord,record.name,ns/results/r/records/x",
    "DELETE,ns/results/r/records/x,DeleteRecord,name,ns/results/r/records/x",
    "GET,ns/results/r/records/summary,GetRecordListSummary,parent,ns/results/r",
    "GET,ns/results/r/logs,ListLogs,parent,ns/results/r",
    "GET,ns/results/r/logs/x,GetLog,name,ns/results/r/logs/x",
    "DELETE,ns/results/r/logs/x,DeleteLog,name,ns/results/r/logs/x",
    "GET,ns%2Fresults%2fr,GetResult,name,ns/results/r",
    "GET,%C3%BC+/results,ListResults,parent,ü+",
  })
  void everyRpc_hasItsPath(String verb, String path, String method, String field, String value) {
    assertThat(match(verb, path))
        .isInstanceOfSatisfying(
            Found.class,
            found -> {
              assertThat(found.binding().method().getName()).isEqualTo(method);
              assertThat(found.fields()).containsExactly(java.util.Map.entry(field, value));
            });
  }

  @ParameterizedTest
  @CsvSource({"PUT,ns/results/r", "HEAD,ns/results", "POST,ns/results/r", "get,ns/results"})
  void aPathWithAnotherMethod_isKnown(String verb, String path) {
    assertThat(match(verb, path)).isInstanceOf(WrongMethod.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ns", "ns/results/", "ns/results/r/", "ns/records", "ns/results/r/nope/x"})
  void otherPaths_areUnknown(String path) {
    assertThat(match("GET", path)).isInstanceOf(NoSuchPath.class);
  }

  @Test
  void aPathThatCannotBeDecoded_isRefused() {
    assertThatThrownBy(() -> RequestPath.segments("/a%2"))
        .isInstanceOf(RequestException.class)
        .hasMessage("path: \"%2\" (expected: a percent sign and two hexadecimal digits)");
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b,/a/b",
    "/a//b,/a/b",
    "//a/b/,/a/b/",
    "/a/./b,/a/b",
    "/a/../b,/b",
    "/../..,/",
    "/,/",
    "/a%2F%2Fb,/a%2F%2Fb",
  })
  void cleanPaths_haveNoDoubledSlashesAndNoDots(String raw, String clean) {
    assertThat(RequestPath.clean(raw)).isEqualTo(clean);
  }

  @ParameterizedTest
  @ValueSource(strings = {"page_size=7", "pageSize=%37", "nope=1&page_size=7&x"})
  void parameters_areFieldsByEitherName(String query) {
    assertThat(read("GET", "ns/results/r/records", query, ""))
        .isEqualTo(
            ListRecordsRequest.newBuilder().setParent("ns/results/r").setPageSize(7).build());
  }

  @Test
  void aPlus_isABlank() {
    assertThat(read("GET", "ns/results/r/records", "order_by=create_time+desc&filter=%2B", ""))
        .isEqualTo(
            ListRecordsRequest.newBuilder()
                .setParent("ns/results/r")
                .setOrderBy("create_time desc")
                .setFilter("+")
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "page_size=abc|parsing field \"page_size\": strconv.ParseInt: parsing \"abc\": invalid syntax",
        "pageSize=|parsing field \"page_size\": strconv.ParseInt: parsing \"\": invalid syntax",
        "page_size=2147483648|parsing field \"page_size\": strconv.ParseInt: parsing \"2147483648\": value out of range",
        "filter=a&filter=b|too many values for field \"filter\": a, b",
        "filter=%zz|query: \"%zz\" (expected: a percent sign and two hexadecimal digits)",
      })
  void whatIsNoValueOfAField_isRefused(String query, String message) {
    assertThatThrownBy(() -> read("GET", "ns/results/r/records", query, ""))
        .isInstanceOf(RequestException.class)
        .hasMessage(message);
  }

  @Test
  void theBody_isTheResource_andThePathWinsOverBodyAndQuery() {
    assertThat(
            read(
                "PATCH",
                "ns/results/r/records/x",
                "etag=e&record.name=q",
                "{\"name\":\"ns/results/r/records/y\",\"id\":\"i\"}"))
        .isEqualTo(
            UpdateRecordRequest.newBuilder()
                .setRecord(Record.newBuilder().setName("ns/results/r/records/x").setId("i"))
                .setEtag("e")
                .build());
    assertThat(read("POST", "ns/results", "parent=q", "{\"name\":\"ns/results/r\"}"))
        .isEqualTo(
            CreateResultRequest.newBuilder()
                .setParent("ns")
                .setResult(Result.newBuilder().setName("ns/results/r"))
                .build());
  }

  @Test
  void anEmptyBody_isAnEmptyResource() {
    assertThat(read("POST", "ns/results", "", ""))
        .isEqualTo(
            CreateResultRequest.newBuilder()
                .setParent("ns")
                .setResult(Result.getDefaultInstance())
                .build());
  }

  @Test
  void aBodyWhereNoneBelongs_isIgnored() {
    assertThat(read("GET", "ns/results/r/records", "", "{\"pageSize\":7,"))
        .isEqualTo(ListRecordsRequest.newBuilder().setParent("ns/results/r").build());
  }

  @Test
  void anUnknownFieldInAPatch_isRefusedWhereTheRequestHasAMask() {
    assertThatThrownBy(() -> read("PATCH", "ns/results/r/records/x", "", "{\"nope\":1}"))
        .hasMessage("could not find field \"nope\" in \"tekton.results.v1alpha2.Record\"");
    assertThat(read("PATCH", "ns/results/r", "", "{\"nope\":1}"))
        .isEqualTo(
            UpdateResultRequest.newBuilder()
                .setResult(Result.newBuilder().setName("ns/results/r"))
                .build());
  }

  @Test
  void twoQueries_areOne_theFirstFirst() {
    QueryString both = QueryString.parse("a=1&b=2").and(QueryString.parse("a=3"));

    assertThat(both.all("a")).containsExactly("1", "3");
    assertThat(both.all("b")).containsExactly("2");
    assertThat(both.all("c")).isEmpty();
  }

  private Match match(String verb, String path) {
    return bindings.match(verb, RequestPath.segments(PARENTS + path));
  }

  private Message read(String verb, String path, String query, String body) {
    Found found = (Found) match(verb, path);
    Message prototype =
        switch (found.binding().method().getName()) {
          case "CreateResult" -> CreateResultRequest.getDefaultInstance();
          case "UpdateResult" -> UpdateResultRequest.getDefaultInstance();
          case "UpdateRecord" -> UpdateRecordRequest.getDefaultInstance();
          default -> ListRecordsRequest.getDefaultInstance();
        };
    return HttpRequestReader.read(prototype, found, QueryString.parse(query), body.getBytes(UTF_8));
  }
}
