// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import com.google.api.HttpBody;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ways to ask for a log, each with a client of its own kind. */
enum Face {
  GRPC_V1ALPHA2,
  GRPC_V1ALPHA3,
  REST_V1ALPHA2,
  REST_V1ALPHA3;

  private static final Duration CEILING = Duration.ofSeconds(60);

  /** Reads the whole log. */
  Answer get(int port, String name) {
    return get(port, name, Map.of());
  }

  /** Reads a log with options, named as in REST. */
  Answer get(int port, String name, Map<String, List<String>> options) {
    return switch (this) {
      case GRPC_V1ALPHA2, GRPC_V1ALPHA3 -> grpc(port, name, options);
      case REST_V1ALPHA2, REST_V1ALPHA3 -> rest(port, name, options);
    };
  }

  /** A connection for gRPC; the caller shuts it down. */
  static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  private Answer grpc(int port, String name, Map<String, List<String>> options) {
    ManagedChannel channel = channel(port);
    AtomicReference<@Nullable Metadata> trailers = new AtomicReference<>();
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    int largest = 0;
    try {
      Iterator<HttpBody> messages = messages(channel, name, options, trailers);
      while (messages.hasNext()) {
        ByteString data = messages.next().getData();
        largest = Math.max(largest, data.size());
        received.writeBytes(data.toByteArray());
      }
      return new Answer(Code.OK, "", text(received), largest, isSettled(trailers.get()), "", false);
    } catch (StatusRuntimeException e) {
      return failure(e, text(received), largest);
    } finally {
      channel.shutdownNow();
    }
  }

  private Iterator<HttpBody> messages(
      ManagedChannel channel,
      String name,
      Map<String, List<String>> options,
      AtomicReference<@Nullable Metadata> trailers) {
    Metadata metadata = new Metadata();
    options.forEach((option, values) -> values.forEach(value -> metadata.put(key(option), value)));
    var interceptors =
        new io.grpc.ClientInterceptor[] {
          MetadataUtils.newAttachHeadersInterceptor(metadata),
          MetadataUtils.newCaptureMetadataInterceptor(new AtomicReference<>(), trailers)
        };
    if (this == GRPC_V1ALPHA3) {
      return LogsGrpc.newBlockingStub(channel)
          .withInterceptors(interceptors)
          .withDeadlineAfter(CEILING.toSeconds(), TimeUnit.SECONDS)
          .getLog(GetLogRequest.newBuilder().setName(name).build());
    }
    return io.logbridge.proto.v1alpha2.LogsGrpc.newBlockingStub(channel)
        .withInterceptors(interceptors)
        .withDeadlineAfter(CEILING.toSeconds(), TimeUnit.SECONDS)
        .getLog(io.logbridge.proto.v1alpha2.GetLogRequest.newBuilder().setName(name).build());
  }

  private static Metadata.Key<String> key(String option) {
    String kebab = option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return Metadata.Key.of("logbridge-" + kebab, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static boolean isSettled(@Nullable Metadata trailers) {
    return trailers == null || !"false".equals(trailers.get(key("settled")));
  }

  private static Answer failure(StatusRuntimeException e, String text, int largest) {
    com.google.rpc.Status status = StatusProto.fromThrowable(e);
    String reason = "";
    boolean retry = false;
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          reason = detail.unpack(ErrorInfo.class).getReason();
        }
        retry |= detail.is(RetryInfo.class);
      }
    } catch (InvalidProtocolBufferException malformed) {
      throw new AssertionError("malformed details", malformed);
    }
    Code code = Code.forNumber(status.getCode());
    return new Answer(
        code, status.getMessage(), text, largest, isSettled(e.getTrailers()), reason, retry);
  }

  private Answer rest(int port, String name, Map<String, List<String>> options) {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<InputStream> response =
          http.send(
              HttpRequest.newBuilder(uri(port, name, options)).timeout(CEILING).build(),
              BodyHandlers.ofInputStream());
      boolean settled =
          !"false".equals(response.headers().firstValue("logbridge-settled").orElse(""));
      try (InputStream body = response.body()) {
        body.transferTo(received);
      } catch (IOException e) {
        return new Answer(Code.UNKNOWN, e.toString(), text(received), 0, settled, "", false);
      }
      if (response.statusCode() == 200) {
        return new Answer(Code.OK, "", text(received), 0, settled, "", false);
      }
      return failure(response, text(received), settled);
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static Answer failure(HttpResponse<?> response, String body, boolean settled) {
    JsonNode error = new JsonMapper().readTree(body);
    boolean retry = response.headers().firstValue("Retry-After").isPresent();
    Code code = Code.forNumber(error.get("code").intValue());
    return new Answer(code, error.get("message").stringValue(), "", 0, settled, "", retry);
  }

  /** Where a log is in REST. */
  URI uri(int port, String name, Map<String, List<String>> options) {
    String query =
        options.entrySet().stream()
            .flatMap(
                option -> option.getValue().stream().map(value -> pair(option.getKey(), value)))
            .collect(Collectors.joining("&"));
    String version = name().substring(name().indexOf('_') + 1).toLowerCase(Locale.ROOT);
    return URI.create(
        "http://127.0.0.1:"
            + port
            + "/apis/results.tekton.dev/"
            + version
            + "/parents/"
            + name
            + (query.isEmpty() ? "" : "?" + query));
  }

  private static String pair(String key, String value) {
    return key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream received) {
    return received.toString(StandardCharsets.UTF_8);
  }
}
