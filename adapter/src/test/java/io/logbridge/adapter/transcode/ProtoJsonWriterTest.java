// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transcode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import io.logbridge.proto.v1alpha2.Any;
import io.logbridge.proto.v1alpha2.ListRecordsResponse;
import io.logbridge.proto.v1alpha2.LogSummary;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.RecordListSummary;
import io.logbridge.proto.v1alpha2.RecordSummary;
import io.logbridge.proto.v1alpha2.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

class ProtoJsonWriterTest {

  @Test
  void fields_haveTheirNamesAndTheOrderOfTheProtoFile() {
    Result result =
        Result.newBuilder()
            .setSummary(RecordSummary.newBuilder().setRecord("r").setStatusValue(1))
            .setEtag("e")
            .putAnnotations("b", "2")
            .putAnnotations("a", "ü\"")
            .setUpdateTime(Timestamp.newBuilder().setSeconds(4))
            .setUpdatedTime(Timestamp.newBuilder().setSeconds(3))
            .setCreateTime(Timestamp.newBuilder().setSeconds(2))
            .setCreatedTime(Timestamp.newBuilder().setSeconds(1))
            .setUid("u")
            .setId("i")
            .setName("n")
            .build();

    assertThat(json(result))
        .isEqualTo(
            "{\"name\":\"n\",\"id\":\"i\",\"uid\":\"u\","
                + "\"created_time\":\"1970-01-01T00:00:01Z\",\"create_time\":\"1970-01-01T00:00:02Z\","
                + "\"updated_time\":\"1970-01-01T00:00:03Z\",\"update_time\":\"1970-01-01T00:00:04Z\","
                + "\"annotations\":{\"a\":\"ü\\\"\",\"b\":\"2\"},\"etag\":\"e\","
                + "\"summary\":{\"record\":\"r\",\"status\":\"SUCCESS\"}}");
  }

  @Test
  void zeroValues_areLeftOut_butAMessageThatIsSetIsNot() {
    assertThat(json(ListRecordsResponse.getDefaultInstance())).isEqualTo("{}");
    assertThat(json(Empty.getDefaultInstance())).isEqualTo("{}");
    assertThat(json(RecordSummary.newBuilder().setStatusValue(0).build())).isEqualTo("{}");
    assertThat(json(Record.newBuilder().setData(Any.getDefaultInstance()).build()))
        .isEqualTo("{\"data\":{}}");
  }

  @Test
  void anEnumWithoutAName_isItsNumber() {
    assertThat(json(RecordSummary.newBuilder().setStatusValue(9).build()))
        .isEqualTo("{\"status\":9}");
  }

  @Test
  void longs_areText() {
    assertThat(json(LogSummary.newBuilder().setBytesReceived(1L << 53).build()))
        .isEqualTo("{\"bytesReceived\":\"9007199254740992\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "0,1970-01-01T00:00:00Z",
    "500000000,1970-01-01T00:00:00.500Z",
    "123456000,1970-01-01T00:00:00.123456Z",
    "123456789,1970-01-01T00:00:00.123456789Z",
    "100,1970-01-01T00:00:00.000000100Z",
  })
  void times_haveNoneThreeSixOrNineDigits(int nanos, String expected) {
    assertThat(
            json(Record.newBuilder().setCreateTime(Timestamp.newBuilder().setNanos(nanos)).build()))
        .isEqualTo("{\"create_time\":\"" + expected + "\"}");
  }

  @ParameterizedTest
  @CsvSource({"a,YQ==", "ab,YWI=", "abc,YWJj", "~~~???,fn5+Pz8/"})
  void bytes_arePaddedStandardBase64(String text, String expected) {
    assertThat(json(Any.newBuilder().setValue(ByteString.copyFromUtf8(text)).build()))
        .isEqualTo("{\"value\":\"" + expected + "\"}");
  }

  @Test
  void structs_areTheJsonThatTheyMean() {
    RecordListSummary summary =
        RecordListSummary.newBuilder()
            .addSummary(
                Struct.newBuilder()
                    .putFields("total", number(3))
                    .putFields("big", number(1714557665))
                    .putFields("half", number(-0.5))
                    .putFields("text", Value.newBuilder().setStringValue("x").build())
                    .putFields(
                        "none", Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build())
                    .putFields(
                        "list",
                        Value.newBuilder()
                            .setListValue(
                                ListValue.newBuilder()
                                    .addValues(Value.newBuilder().setBoolValue(true)))
                            .build()))
            .addSummary(Struct.getDefaultInstance())
            .build();

    assertThat(json(summary))
        .isEqualTo(
            "{\"summary\":[{\"big\":1714557665,\"half\":-0.5,\"list\":[true],\"none\":null,"
                + "\"text\":\"x\",\"total\":3},{}]}");
  }

  @Test
  void aStreamThatBreaks_isAnErrorWithItsCause() {
    IOException broken = new IOException("gone");
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw broken;
          }
        };

    assertThatThrownBy(() -> ProtoJsonWriter.write(Result.getDefaultInstance(), out))
        .isInstanceOf(JacksonException.class)
        .hasCause(broken);
  }

  private static Value number(double number) {
    return Value.newBuilder().setNumberValue(number).build();
  }

  private static String json(Message message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ProtoJsonWriter.write(message, out);
    return out.toString(UTF_8);
  }
}
