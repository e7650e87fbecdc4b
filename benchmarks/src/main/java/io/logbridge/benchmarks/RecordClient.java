// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.logbridge.proto.v1alpha2.ListRecordsRequest;
import io.logbridge.proto.v1alpha2.ListRecordsResponse;
import io.logbridge.proto.v1alpha2.ResultsGrpc;
import io.logbridge.proto.v1alpha2.ResultsGrpc.ResultsBlockingStub;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One gRPC connection to the server, for the service Results. Records are asked for as cheaply as
 * grpc-java allows, since the client shares the processors with what is measured: requests are made
 * before, answers are looked at but not parsed, and no thread waits. Safe for use by many threads.
 */
final class RecordClient implements AutoCloseable {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final MethodDescriptor<byte[], byte[]> GET =
      ResultsGrpc.getGetRecordMethod().toBuilder(new Bytes(), new Bytes()).build();

  private final ManagedChannel channel;
  private final ResultsBlockingStub results;

  RecordClient(int port) {
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().build();
    this.results = ResultsGrpc.newBlockingStub(channel);
  }

  /** Gets a record; fails unless that is what comes. */
  CompletableFuture<Void> get(Wanted wanted) {
    return get(wanted, new Metadata());
  }

  /** The same for somebody with a token. */
  CompletableFuture<Void> get(Wanted wanted, String token) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    return get(wanted, headers);
  }

  private CompletableFuture<Void> get(Wanted wanted, Metadata headers) {
    CompletableFuture<Void> answered = new CompletableFuture<>();
    ClientCall<byte[], byte[]> call = channel.newCall(GET, CallOptions.DEFAULT);
    call.start(new Answer(wanted, answered), headers);
    call.request(2); // the second would be one too many, which the call finds out
    call.sendMessage(wanted.request());
    call.halfClose();
    return answered;
  }

  private static final class Answer extends ClientCall.Listener<byte[]> {
    private final Wanted wanted;
    private final CompletableFuture<Void> answered;
    private byte[] message = {};

    Answer(Wanted wanted, CompletableFuture<Void> answered) {
      this.wanted = wanted;
      this.answered = answered;
    }

    @Override
    public void onMessage(byte[] answer) {
      message = answer;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      try {
        if (!status.isOk()) {
          throw status.asRuntimeException();
        }
        wanted.check(message);
      } catch (RuntimeException e) {
        answered.completeExceptionally(e);
        return;
      }
      answered.complete(null);
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream message) {
      try {
        return message.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
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
