// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import io.logbridge.adapter.auth.ResultsAccess;
import io.logbridge.adapter.auth.ResultsAccess.Resource;
import io.logbridge.adapter.auth.ResultsAccess.Verb;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.record.RecordStore;
import io.logbridge.backend.Deadline;
import io.logbridge.proto.v1alpha2.Any;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service {@code Results}, as far as single records are read. */
public final class ResultsGrpcService extends ResultsGrpc.ResultsImplBase {

  private static final Pattern NAME =
      Pattern.compile("([a-z0-9_-]{1,63})/results/([a-z0-9_-]{1,63})/records/([a-z0-9_-]{1,63})");

  /** The pattern in the words of Tekton Results, whose clients may look for them. */
  private static final String BAD_NAME =
      "name must match"
          + " (^[a-z0-9_-]{1,63})/results/([a-z0-9_-]{1,63})/records/([a-z0-9_-]{1,63}$)";

  private final RecordStore records;
  private final ResultsAccess access;

  public ResultsGrpcService(RecordStore records, ResultsAccess access) {
    this.records = records;
    this.access = access;
  }

  @Override
  public void getRecord(GetRecordRequest request, StreamObserver<Record> observer) {
    try (AccessLog line = AccessLog.begin("gRPC GetRecord", request.getName(), () -> 0)) {
      Record found;
      try {
        found = get(request.getName());
      } catch (RuntimeException e) {
        Failure failure = StatusMapper.map(e);
        line.failed(failure);
        observer.onError(StatusMapper.toGrpc(failure));
        return;
      }
      observer.onNext(found);
      observer.onCompleted();
    }
  }

  private Record get(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new RequestException(Code.INVALID_ARGUMENT, BAD_NAME);
    }
    String parent = matcher.group(1);
    Deadline deadline = Deadline.after(Duration.ofSeconds(30));
    access.check(GrpcHeaders.current(), Verb.GET, Resource.RECORDS, parent, deadline);
    return message(records.get(parent, matcher.group(2), matcher.group(3), deadline));
  }

  private static Record message(RecordStore.Row row) {
    Record.Builder message =
        Record.newBuilder()
            .setName(row.name())
            .setId(row.id())
            .setUid(row.id())
            .setEtag(row.etag())
            .setCreatedTime(timestamp(row.created()))
            .setCreateTime(timestamp(row.created()))
            .setUpdatedTime(timestamp(row.updated()))
            .setUpdateTime(timestamp(row.updated()));
    if (row.data() != null) {
      message.setData(
          Any.newBuilder()
              .setType(row.type() == null ? "" : row.type())
              .setValue(ByteString.copyFromUtf8(row.data())));
    }
    return message.build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
