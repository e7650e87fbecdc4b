// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import com.google.protobuf.ByteString;
import io.logbridge.adapter.record.RecordStore;
import io.logbridge.adapter.record.SortKey;
import io.logbridge.proto.v1alpha2.Any;
import io.logbridge.proto.v1alpha2.Record;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Records, from table to message. */
final class RecordMessages {

  private RecordMessages() {}

  static Record message(RecordStore.Row row) {
    return message(row, row.name().toString(), row.content().json());
  }

  /**
   * The record of a log as the list of logs shows it: under the name of the log, with our status.
   *
   * @param size if it was asked for
   */
  static Record log(
      RecordStore.Row row, LogDocuments documents, LogRecordsService.@Nullable Size size) {
    String json = row.content().json();
    return message(
        row,
        row.name().logName(),
        json == null ? null : documents.listed(row.content().type(), json, size));
  }

  private static Record message(RecordStore.Row row, String name, @Nullable String json) {
    Record.Builder message =
        Record.newBuilder().setName(name).setId(row.uid()).setUid(row.uid()).setEtag(row.etag());
    Timestamps.of(row.created())
        .ifPresent(created -> message.setCreatedTime(created).setCreateTime(created));
    Timestamps.of(row.updated())
        .ifPresent(updated -> message.setUpdatedTime(updated).setUpdateTime(updated));
    if (json != null) {
      message.setData(
          Any.newBuilder().setType(row.content().type()).setValue(ByteString.copyFromUtf8(json)));
    }
    return message.build();
  }

  /** By what a record is ordered. */
  static @Nullable Instant sortValue(RecordStore.Row row, SortKey key) {
    return switch (key) {
      case CREATE_TIME -> row.created();
      case UPDATE_TIME -> row.updated();
      case SUMMARY_START_TIME, SUMMARY_END_TIME -> null; // no field of records
    };
  }
}
