// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import io.logbridge.adapter.results.ResultsService;
import io.logbridge.proto.v1alpha2.CreateRecordRequest;
import io.logbridge.proto.v1alpha2.CreateResultRequest;
import io.logbridge.proto.v1alpha2.DeleteRecordRequest;
import io.logbridge.proto.v1alpha2.DeleteResultRequest;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
import io.logbridge.proto.v1alpha2.GetResultRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ListRecordsResponse;
import io.logbridge.proto.v1alpha2.ListResultsRequest;
import io.logbridge.proto.v1alpha2.ListResultsResponse;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.RecordListSummary;
import io.logbridge.proto.v1alpha2.RecordListSummaryRequest;
import io.logbridge.proto.v1alpha2.Result;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import io.logbridge.proto.v1alpha2.UpdateRecordRequest;
import io.logbridge.proto.v1alpha2.UpdateResultRequest;

/** The service {@code Results} over gRPC. */
public final class ResultsGrpcService extends ResultsGrpc.ResultsImplBase {

  private final ResultsService results;

  public ResultsGrpcService(ResultsService results) {
    this.results = results;
  }

  @Override
  public void createResult(CreateResultRequest request, StreamObserver<Result> observer) {
    UnaryCall.serve(
        "CreateResult", request.getResult().getName(), request, results::createResult, observer);
  }

  @Override
  public void getResult(GetResultRequest request, StreamObserver<Result> observer) {
    UnaryCall.serve("GetResult", request.getName(), request, results::getResult, observer);
  }

  @Override
  public void updateResult(UpdateResultRequest request, StreamObserver<Result> observer) {
    UnaryCall.serve("UpdateResult", request.getName(), request, results::updateResult, observer);
  }

  @Override
  public void deleteResult(DeleteResultRequest request, StreamObserver<Empty> observer) {
    UnaryCall.serve("DeleteResult", request.getName(), request, results::deleteResult, observer);
  }

  @Override
  public void listResults(
      ListResultsRequest request, StreamObserver<ListResultsResponse> observer) {
    UnaryCall.serve("ListResults", request.getParent(), request, results::listResults, observer);
  }

  @Override
  public void createRecord(CreateRecordRequest request, StreamObserver<Record> observer) {
    UnaryCall.serve(
        "CreateRecord", request.getRecord().getName(), request, results::createRecord, observer);
  }

  @Override
  public void getRecord(GetRecordRequest request, StreamObserver<Record> observer) {
    UnaryCall.serve("GetRecord", request.getName(), request, results::getRecord, observer);
  }

  @Override
  public void updateRecord(UpdateRecordRequest request, StreamObserver<Record> observer) {
    UnaryCall.serve(
        "UpdateRecord", request.getRecord().getName(), request, results::updateRecord, observer);
  }

  @Override
  public void deleteRecord(DeleteRecordRequest request, StreamObserver<Empty> observer) {
    UnaryCall.serve("DeleteRecord", request.getName(), request, results::deleteRecord, observer);
  }

  @Override
  public void listRecords(
      ListRecordsRequest request, StreamObserver<ListRecordsResponse> observer) {
    UnaryCall.serve("ListRecords", request.getParent(), request, results::listRecords, observer);
  }

  @Override
  public void getRecordListSummary(
      RecordListSummaryRequest request, StreamObserver<RecordListSummary> observer) {
    UnaryCall.serve(
        "GetRecordListSummary",
        request.getParent(),
        request,
        results::getRecordListSummary,
        observer);
  }
}
