// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.api;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.results.Call;
import io.logbridge.adapter.results.LogRecordsService;
import io.logbridge.adapter.results.ResultsService;
import io.logbridge.adapter.transcode.HttpBindings.Found;
import io.logbridge.adapter.transcode.HttpRequestReader;
import io.logbridge.adapter.transcode.QueryString;
import io.logbridge.proto.v1alpha2.CreateRecordRequest;
import io.logbridge.proto.v1alpha2.CreateResultRequest;
import io.logbridge.proto.v1alpha2.DeleteLogRequest;
import io.logbridge.proto.v1alpha2.DeleteRecordRequest;
import io.logbridge.proto.v1alpha2.DeleteResultRequest;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
import io.logbridge.proto.v1alpha2.GetResultRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ListResultsRequest;
import io.logbridge.proto.v1alpha2.RecordListSummaryRequest;
import io.logbridge.proto.v1alpha2.UpdateRecordRequest;
import io.logbridge.proto.v1alpha2.UpdateResultRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** The RPCs of one message for one message, by the names by which HTTP rules lead to them. */
final class RestMethods {

  private static final String RESULTS = "tekton.results.v1alpha2.Results.";
  private static final String LOGS = "tekton.results.v1alpha2.Logs.";

  /** Serves one RPC. */
  @FunctionalInterface
  interface Method {

    /**
     * Reads the request and answers it.
     *
     * @param counted begins when the request is read: a gateway refuses by itself what it cannot
     *     read
     * @throws RequestException saying why it cannot be answered
     */
    Message serve(Found rpc, QueryString query, byte[] body, Call call, CountedCall counted);
  }

  private final int maxMessage;
  private final Map<String, Method> methods = new HashMap<>();

  RestMethods(ResultsService results, LogRecordsService logs, int maxMessage) {
    this.maxMessage = maxMessage;
    add(RESULTS + "CreateResult", CreateResultRequest.getDefaultInstance(), results::createResult);
    add(RESULTS + "GetResult", GetResultRequest.getDefaultInstance(), results::getResult);
    add(
        RESULTS + "UpdateResult",
        UpdateResultRequest.getDefaultInstance(),
        (request, call) -> results.updateResult(named(request), call));
    add(RESULTS + "DeleteResult", DeleteResultRequest.getDefaultInstance(), results::deleteResult);
    add(RESULTS + "ListResults", ListResultsRequest.getDefaultInstance(), results::listResults);
    add(RESULTS + "CreateRecord", CreateRecordRequest.getDefaultInstance(), results::createRecord);
    add(RESULTS + "GetRecord", GetRecordRequest.getDefaultInstance(), results::getRecord);
    add(RESULTS + "UpdateRecord", UpdateRecordRequest.getDefaultInstance(), results::updateRecord);
    add(RESULTS + "DeleteRecord", DeleteRecordRequest.getDefaultInstance(), results::deleteRecord);
    add(RESULTS + "ListRecords", ListRecordsRequest.getDefaultInstance(), results::listRecords);
    add(
        RESULTS + "GetRecordListSummary",
        RecordListSummaryRequest.getDefaultInstance(),
        results::getRecordListSummary);
    add(LOGS + "ListLogs", ListRecordsRequest.getDefaultInstance(), logs::listLogs);
    add(LOGS + "DeleteLog", DeleteLogRequest.getDefaultInstance(), logs::deleteLog);
  }

  private <Q extends Message> void add(
      String name, Q prototype, BiFunction<Q, Call, ? extends Message> service) {
    methods.put(
        name,
        (rpc, query, body, call, counted) -> {
          Q request = limited(HttpRequestReader.read(prototype, rpc, query, body));
          counted.begin();
          counted.received();
          return service.apply(request, call);
        });
  }

  /** The path sets the name of the result in the request, but not the request's own. */
  private static UpdateResultRequest named(UpdateResultRequest request) {
    return request.getName().isEmpty()
        ? request.toBuilder().setName(request.getResult().getName()).build()
        : request;
  }

  /** The limit that gRPC has too. */
  private <Q extends Message> Q limited(Q request) {
    if (request.getSerializedSize() > maxMessage) {
      throw new RequestException(
          Code.RESOURCE_EXHAUSTED,
          "grpc: received message larger than max (%d vs. %d)"
              .formatted(request.getSerializedSize(), maxMessage));
    }
    return request;
  }

  /**
   * What serves an RPC.
   *
   * @throws RequestException {@code UNIMPLEMENTED} if nothing does
   */
  Method find(MethodDescriptor rpc) {
    Method method = methods.get(rpc.getFullName());
    if (method == null) {
      throw new RequestException(
          Code.UNIMPLEMENTED,
          "unknown method " + rpc.getName() + " for service " + rpc.getService().getFullName());
    }
    return method;
  }
}
