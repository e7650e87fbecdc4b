// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import com.google.api.HttpBody;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A client: writes the log of a run to standard output, as it comes. */
@Command(
    name = "demo/get-log",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Writes the log of a TaskRun or PipelineRun, read over gRPC without TLS.")
public final class GetLog implements Callable<Integer> {

  private static final String PREFIX = "logbridge-";

  @Parameters(index = "0", paramLabel = "HOST:PORT")
  private String address = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "PARENT/results/RESULT/logs/UID")
  private String name = "";

  @Option(names = "--container", description = "Only this container or step; may be repeated.")
  private List<String> containers = List.of();

  @Option(names = "--tail-lines", description = "Only so many lines of the end.")
  private @Nullable String tailLines;

  @Option(names = "--limit-bytes", description = "No more than so many bytes.")
  private @Nullable String limitBytes;

  @Option(names = "--since-time", description = "Only lines written then or later (RFC 3339).")
  private @Nullable String sinceTime;

  @Option(names = "--since-seconds", description = "Only lines of the last so many seconds.")
  private @Nullable String sinceSeconds;

  @Option(names = "--until", description = "Only lines written before (RFC 3339).")
  private @Nullable String until;

  @Option(names = "--timestamps", description = "Begin each line with the time of its writing.")
  private boolean timestamps;

  @Option(names = "--prefix", description = "true or false: begin each line with its step.")
  private @Nullable String prefix;

  private GetLog() {}

  /** Exit status: 0 if the log is complete, 1 if it is not, 2 for wrong usage. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GetLog()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    ManagedChannel channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    try {
      Iterator<HttpBody> messages =
          LogsGrpc.newBlockingStub(channel)
              .withInterceptors(
                  MetadataUtils.newAttachHeadersInterceptor(options()),
                  MetadataUtils.newCaptureMetadataInterceptor(headers, trailers))
              .getLog(GetLogRequest.newBuilder().setName(name).build());
      copy(messages);
      return 0;
    } catch (StatusRuntimeException e) {
      report(e);
      return 1;
    } finally {
      report(trailers.get());
      channel.shutdownNow();
    }
  }

  private static void copy(Iterator<HttpBody> messages) throws IOException {
    // Not System.out: it would hide that nobody reads any more.
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    while (messages.hasNext()) {
      messages.next().getData().writeTo(out);
    }
  }

  private Metadata options() {
    Metadata metadata = new Metadata();
    containers.forEach(container -> put(metadata, "container", container));
    put(metadata, "tail-lines", tailLines);
    put(metadata, "limit-bytes", limitBytes);
    put(metadata, "since-time", sinceTime);
    put(metadata, "since-seconds", sinceSeconds);
    put(metadata, "until", until);
    put(metadata, "timestamps", timestamps ? "true" : null);
    put(metadata, "prefix", prefix);
    return metadata;
  }

  private static void put(Metadata metadata, String option, @Nullable String value) {
    if (value != null) {
      metadata.put(key(PREFIX + option), value);
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static void report(@Nullable Metadata trailers) {
    if (trailers != null) {
      trailers.keys().stream()
          .filter(key -> key.startsWith(PREFIX))
          .forEach(key -> System.err.println(key + ": " + trailers.get(key(key))));
    }
  }

  private static void report(StatusRuntimeException e) throws InvalidProtocolBufferException {
    System.err.println("get-log: " + e.getMessage());
    com.google.rpc.Status status = StatusProto.fromThrowable(e);
    if (status == null) {
      return;
    }
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        System.err.println("reason: " + detail.unpack(ErrorInfo.class).getReason());
      } else if (detail.is(RetryInfo.class)) {
        long seconds = detail.unpack(RetryInfo.class).getRetryDelay().getSeconds();
        System.err.println("try again in: " + seconds + " s");
      }
    }
  }
}
