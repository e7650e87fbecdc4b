// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.fieldmask;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.logbridge.proto.v1alpha2.Any;
import io.logbridge.proto.v1alpha2.ListRecordsResponse;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.RecordSummary;
import io.logbridge.proto.v1alpha2.RecordSummary.Status;
import io.logbridge.proto.v1alpha2.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldMaskTest {

  private static final Result RESULT =
      Result.newBuilder()
          .setName("n")
          .setUid("u")
          .putAnnotations("repo", "x")
          .putAnnotations("a.b", "y")
          .setSummary(RecordSummary.newBuilder().setRecord("r").setStatus(Status.SUCCESS))
          .build();

  private static final Record RECORD =
      Record.newBuilder()
          .setName("n")
          .setUid("u")
          .setData(
              Any.newBuilder()
                  .setType("t")
                  .setValue(
                      ByteString.copyFromUtf8(
                          """
                          {"metadata": {"name": "m", "labels": {"tekton.dev/x": "1", "app": "a"}},
                           "status": {"steps": [{"name": "one", "exit": 1.50}, {"name": "two"}, 3],
                                      "big": 12345678901234567890, "none": null}}
                          """)))
          .build();

  @Test
  void onlyWhatIsNamed_isKept() {
    assertThat(mask("name,summary.status,annotations.repo").of(RESULT))
        .isEqualTo(
            Result.newBuilder()
                .setName("n")
                .putAnnotations("repo", "x")
                .setSummary(RecordSummary.newBuilder().setStatus(Status.SUCCESS))
                .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nope", "createTime", "annotation", "a..b"})
  void aMaskOfWhatDoesNotExist_clearsAll(String paths) {
    assertThat(mask(paths).of(RESULT)).isEqualTo(Result.getDefaultInstance());
  }

  @Test
  void severalLists_areOne_andBlanksAreIgnored() {
    assertThat(FieldMask.parse(List.of(" name ", "uid ,nope")).of(RESULT))
        .isEqualTo(Result.newBuilder().setName("n").setUid("u").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"data,data.value.metadata.name", "data.value.metadata.name,data"})
  void aPath_coversAllBelowIt_inAnyOrder(String paths) {
    assertThat(mask(paths).of(RECORD))
        .isEqualTo(Record.newBuilder().setData(RECORD.getData()).build());
  }

  @Test
  void belowAText_isTheText() {
    assertThat(mask("name.x").of(RESULT)).isEqualTo(Result.newBuilder().setName("n").build());
  }

  @Test
  void aKeyWithADot_cannotBeNamed() {
    assertThat(mask("annotations.a.b").of(RESULT)).isEqualTo(Result.getDefaultInstance());
  }

  @Test
  void everyItemOfAList_isMasked_andTheTokenGoes() {
    ListRecordsResponse page =
        ListRecordsResponse.newBuilder()
            .addRecords(RECORD)
            .addRecords(Record.newBuilder().setName("m"))
            .setNextPageToken("token")
            .build();

    assertThat(mask("records.name").of(page))
        .isEqualTo(
            ListRecordsResponse.newBuilder()
                .addRecords(Record.newBuilder().setName("n"))
                .addRecords(Record.newBuilder().setName("m"))
                .build());
    assertThat(mask("next_page_token").of(page))
        .isEqualTo(ListRecordsResponse.newBuilder().setNextPageToken("token").build());
  }

  @Test
  void aMessageWithoutTheNamedField_staysAsAnEmptyOne() {
    assertThat(mask("data.nope").of(RECORD))
        .isEqualTo(Record.newBuilder().setData(Any.getDefaultInstance()).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata.name,status.podName,nope|{\"metadata\":{\"name\":\"m\"},\"nope\":null,\"status\":{\"podName\":null}}",
        "metadata.labels.tekton.dev/x|{\"metadata\":{\"labels\":{\"tekton\":{\"dev/x\":null}}}}",
        "metadata.labels.app|{\"metadata\":{\"labels\":{\"app\":\"a\"}}}",
        "metadata.labels|{\"metadata\":{\"labels\":{\"tekton.dev/x\":\"1\",\"app\":\"a\"}}}",
        "status.steps.0.name|{\"status\":{\"steps\":{\"0\":{\"name\":\"one\"}}}}",
        "status.steps.9.name|{\"status\":{\"steps\":{\"9\":{\"name\":null}}}}",
        "status.steps.name|{\"status\":{\"steps\":{\"name\":null}}}",
        "status.steps.#.name|{\"status\":{\"steps\":{\"#\":{\"name\":[\"one\",\"two\"]}}}}",
        "status.steps.#|{\"status\":{\"steps\":{\"#\":3}}}",
        "status.steps.0|{\"status\":{\"steps\":{\"0\":{\"name\":\"one\",\"exit\":1.50}}}}",
        "status.big|{\"status\":{\"big\":12345678901234567890}}",
        "status.none|{\"status\":{\"none\":null}}",
        "metadata.name.x|{\"metadata\":{\"name\":{\"x\":null}}}",
      })
  void pathsBelowTheValue_leadIntoItsJson(String paths, String expected) {
    String masked =
        mask("data.value." + paths.replace(",", ",data.value."))
            .of(RECORD)
            .getData()
            .getValue()
            .toStringUtf8();

    assertThat(masked).isEqualTo(expected);
  }

  @Test
  void aValueThatIsNotAnObject_hasNoParts() {
    Record scalar =
        Record.newBuilder()
            .setData(Any.newBuilder().setValue(ByteString.copyFromUtf8("5")))
            .build();

    assertThat(mask("data.value.x").of(scalar).getData().getValue().toStringUtf8())
        .isEqualTo("{\"x\":null}");
  }

  private static FieldMask mask(String paths) {
    return FieldMask.parse(List.of(paths));
  }
}
