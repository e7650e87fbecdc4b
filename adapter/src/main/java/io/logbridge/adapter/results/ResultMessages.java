// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import com.google.protobuf.Timestamp;
import io.logbridge.adapter.record.RecordName;
import io.logbridge.adapter.record.ResultStore;
import io.logbridge.adapter.record.SortKey;
import io.logbridge.proto.v1alpha2.RecordSummary;
import io.logbridge.proto.v1alpha2.Result;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Results, between table and message. */
final class ResultMessages {

  private ResultMessages() {}

  /**
   * What a client wants to store.
   *
   * @throws io.logbridge.adapter.error.RequestException if the summary is not a complete one
   */
  static ResultStore.Content content(Result result) {
    return new ResultStore.Content(
        result.getAnnotationsMap(), result.hasSummary() ? summary(result.getSummary()) : null);
  }

  private static ResultStore.Summary summary(RecordSummary summary) {
    if (summary.getRecord().isEmpty() || summary.getType().isEmpty()) {
      throw Refusals.invalid("record and type fields required for RecordSummary");
    }
    if (!RecordName.isValid(summary.getRecord())) {
      throw Refusals.invalid("invalid record format");
    }
    RecordData.unlessShort(summary.getType());
    return new ResultStore.Summary(
        summary.getRecord(),
        summary.getType(),
        summary.hasStartTime() ? instant("summary.start_time", summary.getStartTime()) : null,
        summary.hasEndTime() ? instant("summary.end_time", summary.getEndTime()) : null,
        summary.getStatusValue(),
        summary.getAnnotationsMap());
  }

  private static Instant instant(String field, Timestamp time) {
    if (!Timestamps.isValid(time)) {
      throw Refusals.invalid(
          "%s: %d s and %d ns since 1970 (expected: a time in the years 1 to 9999, in UTC)"
              .formatted(field, time.getSeconds(), time.getNanos()));
    }
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).truncatedTo(ChronoUnit.MICROS);
  }

  static Result message(ResultStore.Row row) {
    Result.Builder message =
        Result.newBuilder()
            .setName(row.name().toString())
            .setId(row.uid())
            .setUid(row.uid())
            .putAllAnnotations(row.content().annotations())
            .setEtag(row.etag());
    Timestamps.of(row.created())
        .ifPresent(created -> message.setCreatedTime(created).setCreateTime(created));
    Timestamps.of(row.updated())
        .ifPresent(updated -> message.setUpdatedTime(updated).setUpdateTime(updated));
    ResultStore.Summary summary = row.content().summary();
    if (summary != null) {
      message.setSummary(message(summary));
    }
    return message.build();
  }

  private static RecordSummary message(ResultStore.Summary summary) {
    RecordSummary.Builder message =
        RecordSummary.newBuilder()
            .setRecord(summary.record())
            .setType(summary.type())
            .setStatusValue(summary.status())
            .putAllAnnotations(summary.annotations());
    Timestamps.of(summary.start()).ifPresent(message::setStartTime);
    Timestamps.of(summary.end()).ifPresent(message::setEndTime);
    return message.build();
  }

  /** By what a result is ordered; {@code null} if it has no such time. */
  static @Nullable Instant sortValue(ResultStore.Row row, SortKey key) {
    ResultStore.Summary summary = row.content().summary();
    return switch (key) {
      case CREATE_TIME -> row.created();
      case UPDATE_TIME -> row.updated();
      case SUMMARY_START_TIME -> summary == null ? null : summary.start();
      case SUMMARY_END_TIME -> summary == null ? null : summary.end();
    };
  }
}
