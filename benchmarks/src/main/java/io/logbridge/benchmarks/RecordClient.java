// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.logbridge.proto.v1alpha2.GetRecordRequest;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ListRecordsResponse;
import io.logbridge.proto.v1alpha2.Record;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import io.logbridge.proto.v1alpha2.ResultsGrpc.ResultsBlockingStub;
import java.util.concurrent.TimeUnit;

/** One gRPC connection to the server, for the service Results. Safe for use by many threads. */
final class RecordClient implements AutoCloseable {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final ResultsBlockingStub results;

  RecordClient(int port) {
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().build();
    this.results = ResultsGrpc.newBlockingStub(channel);
  }

  /** A record of the namespace; the call must succeed. */
  Record get(int number) {
    return get(results, number);
  }

  /** The same for somebody with a token. */
  Record get(int number, String token) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    return get(
        ResultsGrpc.newBlockingStub(
            ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(headers))),
        number);
  }

  private static Record get(ResultsBlockingStub results, int number) {
    String name = RecordTables.recordName(number);
    Record record =
        results.getRecord(
            GetRecordRequest.newBuilder()
                .setName(RecordTables.NAMESPACE + "/results/benchmark/records/" + name)
                .build());
    if (!record.getName().endsWith("/" + name) || record.getData().getValue().isEmpty()) {
      throw new IllegalStateException("record: \"" + record.getName() + "\" (expected: " + name);
    }
    return record;
  }

  /**
   * The first page of a list of the namespace, the newest first.
   *
   * @param filter in CEL
   * @param size what the page has to have
   */
  ListRecordsResponse list(String filter, int size) {
    ListRecordsResponse page =
        results.listRecords(
            ListRecordsRequest.newBuilder()
                .setParent(RecordTables.NAMESPACE + "/results/-")
                .setFilter(filter)
                .setOrderBy("create_time desc")
                .setPageSize(size)
                .build());
    if (page.getRecordsCount() != size) {
      throw new IllegalStateException(
          "records: " + page.getRecordsCount() + " (expected: " + size + ")");
    }
    return page;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
