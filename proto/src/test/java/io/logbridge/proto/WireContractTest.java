// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.logbridge.proto.v1alpha2.Any;
import io.logbridge.proto.v1alpha2.ApiProto;
import io.logbridge.proto.v1alpha2.CreateRecordRequest;
import io.logbridge.proto.v1alpha2.CreateResultRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.Log;
import io.logbridge.proto.v1alpha2.LogSummary;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.RecordListSummaryRequest;
import io.logbridge.proto.v1alpha2.RecordSummary;
import io.logbridge.proto.v1alpha2.Result;
import io.logbridge.proto.v1alpha2.UpdateRecordRequest;
import io.logbridge.proto.v1alpha2.UpdateResultRequest;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogProto;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and numbers that clients out there were compiled with. */
class WireContractTest {

  @ParameterizedTest
  @MethodSource("messages")
  void fields_areDeclaredInTheOrderInWhichTheyArePrintedAndNumberedAsClientsKnowThem(
      Message message, String fields) {
    List<String> declared =
        message.getDescriptorForType().getFields().stream()
            .map(field -> field.getName() + "=" + field.getNumber())
            .toList();

    assertThat(String.join(" ", declared)).isEqualTo(fields);
  }

  static Stream<Arguments> messages() {
    return Stream.of(
        Arguments.of(
            Result.getDefaultInstance(),
            "name=1 id=2 uid=7 created_time=3 create_time=8 updated_time=6 update_time=9"
                + " annotations=4 etag=5 summary=10"),
        Arguments.of(
            Record.getDefaultInstance(),
            "name=1 id=2 uid=7 data=3 etag=4 created_time=5 create_time=8 updated_time=6"
                + " update_time=9"),
        Arguments.of(Any.getDefaultInstance(), "type=1 value=2"),
        Arguments.of(
            RecordSummary.getDefaultInstance(),
            "record=1 type=2 start_time=3 end_time=4 status=5 annotations=6"),
        Arguments.of(Log.getDefaultInstance(), "name=1 data=2"),
        Arguments.of(LogSummary.getDefaultInstance(), "record=1 bytesReceived=2"),
        Arguments.of(CreateResultRequest.getDefaultInstance(), "parent=1 result=2"),
        Arguments.of(UpdateResultRequest.getDefaultInstance(), "name=1 result=2 etag=3"),
        Arguments.of(CreateRecordRequest.getDefaultInstance(), "parent=1 record=2"),
        Arguments.of(UpdateRecordRequest.getDefaultInstance(), "record=1 update_mask=2 etag=3"),
        Arguments.of(
            ListRecordsRequest.getDefaultInstance(),
            "parent=1 filter=2 page_size=3 page_token=4 order_by=5"),
        Arguments.of(
            RecordListSummaryRequest.getDefaultInstance(),
            "parent=1 summary=2 filter=3 group_by=4 order_by=5"),
        Arguments.of(GetLogRequest.getDefaultInstance(), "name=1"));
  }

  @Test
  void services_haveTheMethodsThatClientsCall() {
    assertThat(methods(ApiProto.getDescriptor()))
        .containsExactly(
            "tekton.results.v1alpha2.Results.CreateResult",
            "tekton.results.v1alpha2.Results.UpdateResult",
            "tekton.results.v1alpha2.Results.GetResult",
            "tekton.results.v1alpha2.Results.DeleteResult",
            "tekton.results.v1alpha2.Results.ListResults",
            "tekton.results.v1alpha2.Results.CreateRecord",
            "tekton.results.v1alpha2.Results.UpdateRecord",
            "tekton.results.v1alpha2.Results.GetRecord",
            "tekton.results.v1alpha2.Results.ListRecords",
            "tekton.results.v1alpha2.Results.DeleteRecord",
            "tekton.results.v1alpha2.Results.GetRecordListSummary",
            "tekton.results.v1alpha2.Logs.GetLog",
            "tekton.results.v1alpha2.Logs.ListLogs",
            "tekton.results.v1alpha2.Logs.UpdateLog",
            "tekton.results.v1alpha2.Logs.DeleteLog");
    assertThat(methods(LogProto.getDescriptor()))
        .containsExactly("tekton.results.v1alpha3.Logs.GetLog");
  }

  @Test
  void getLog_streamsHttpBodies() {
    for (FileDescriptor file : List.of(ApiProto.getDescriptor(), LogProto.getDescriptor())) {
      MethodDescriptor getLog = file.findServiceByName("Logs").findMethodByName("GetLog");

      assertThat(getLog.isServerStreaming()).isTrue();
      assertThat(getLog.isClientStreaming()).isFalse();
      assertThat(getLog.getOutputType().getFullName()).isEqualTo("google.api.HttpBody");
    }
  }

  @Test
  void aRecord_isReadFromTheBytesThatAnotherImplementationWrites() throws Exception {
    UnknownFieldSet.Builder data = UnknownFieldSet.newBuilder();
    data.mergeField(1, bytes("tekton.dev/v1.TaskRun"));
    data.mergeField(2, bytes("{}"));
    UnknownFieldSet.Builder record = UnknownFieldSet.newBuilder();
    record.mergeField(1, bytes("ns/results/r/records/x"));
    record.mergeField(3, field(data.build().toByteString()));
    record.mergeField(7, bytes("uid"));

    Record read = Record.parseFrom(record.build().toByteString());

    assertThat(read)
        .isEqualTo(
            Record.newBuilder()
                .setName("ns/results/r/records/x")
                .setUid("uid")
                .setData(
                    Any.newBuilder()
                        .setType("tekton.dev/v1.TaskRun")
                        .setValue(ByteString.copyFromUtf8("{}")))
                .build());
  }

  private static UnknownFieldSet.Field bytes(String text) {
    return field(ByteString.copyFromUtf8(text));
  }

  private static UnknownFieldSet.Field field(ByteString bytes) {
    return UnknownFieldSet.Field.newBuilder().addLengthDelimited(bytes).build();
  }

  private static List<String> methods(FileDescriptor file) {
    return file.getServices().stream()
        .flatMap(service -> service.getMethods().stream())
        .map(MethodDescriptor::getFullName)
        .toList();
  }

  /** Keeps the generated types honest: a message is only compatible if its field types are. */
  @Test
  void timesAreTimestampsAndDataIsOurOwnAny() {
    FieldDescriptor data = Record.getDescriptor().findFieldByName("data");
    FieldDescriptor created = Record.getDescriptor().findFieldByName("create_time");

    assertThat(data.getMessageType().getFullName()).isEqualTo("tekton.results.v1alpha2.Any");
    assertThat(created.getMessageType().getFullName()).isEqualTo("google.protobuf.Timestamp");
  }
}
