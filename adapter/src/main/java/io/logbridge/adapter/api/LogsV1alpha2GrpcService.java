// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.api.HttpBody;
import com.google.protobuf.Empty;
import com.google.rpc.Code;
import io.grpc.stub.StreamObserver;
import io.logbridge.adapter.results.LogRecordsService;
import io.logbridge.proto.v1alpha2.DeleteLogRequest;
import io.logbridge.proto.v1alpha2.GetLogRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ListRecordsResponse;
import io.logbridge.proto.v1alpha2.Log;
import io.logbridge.proto.v1alpha2.LogSummary;
import io.logbridge.proto.v1alpha2.LogsGrpc;

/** The service {@code Logs} that older clients use, over gRPC. */
public final class LogsV1alpha2GrpcService extends LogsGrpc.LogsImplBase {

  private final LogsGrpcService logs;
  private final LogRecordsService records;

  public LogsV1alpha2GrpcService(LogsGrpcService logs, LogRecordsService records) {
    this.logs = logs;
    this.records = records;
  }

  @Override
  public void getLog(GetLogRequest request, StreamObserver<HttpBody> observer) {
    logs.stream(request.getName(), observer);
  }

  @Override
  public void listLogs(ListRecordsRequest request, StreamObserver<ListRecordsResponse> observer) {
    UnaryCall.serve("ListLogs", request.getParent(), request, records::listLogs, observer);
  }

  @Override
  public void deleteLog(DeleteLogRequest request, StreamObserver<Empty> observer) {
    UnaryCall.serve("DeleteLog", request.getName(), request, records::deleteLog, observer);
  }

  /** The first message says which log it is, and is answered; nothing after it is looked at. */
  @Override
  public StreamObserver<Log> updateLog(StreamObserver<LogSummary> observer) {
    return new StreamObserver<>() {
      private boolean answered;

      @Override
      public void onNext(Log piece) {
        if (!answered) {
          answered = true;
          UnaryCall.serve("UpdateLog", piece.getName(), piece, records::updateLog, observer);
        }
      }

      @Override
      public void onError(Throwable e) {
        answered = true; // the client has left, and waits for nothing
      }

      @Override
      public void onCompleted() {
        if (!answered) {
          observer.onError(
              StatusMapper.toGrpc(
                  Failure.of(
                      Code.INVALID_ARGUMENT, "an empty stream (expected: a message with a name)")));
        }
      }
    };
  }
}
