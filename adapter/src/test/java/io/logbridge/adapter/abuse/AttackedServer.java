// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.logbridge.adapter.LogbridgeServer;
import io.logbridge.adapter.abuse.Target.Scope;
import io.logbridge.adapter.auth.FakeCluster;
import io.logbridge.adapter.config.ConfigLoader;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.backend.testkit.proxy.FaultProxy;
import io.logbridge.backend.testkit.proxy.ProxiedRequest;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole server as a user configures it, whose store is behind a proxy that keeps what it is
 * asked, and the attacker's ways to ask.
 */
final class AttackedServer implements AutoCloseable {

  static final String TOKEN = "the-attackers-token";
  static final String DASHBOARD =
      "Basic " + Base64.getEncoder().encodeToString("board:secret".getBytes(UTF_8));

  private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3}) ");

  private final Target target;
  private final FaultProxy proxy;
  private final LogbridgeServer server;
  private final ManagedChannel channel;
  private final Queue<ProxiedRequest> sent = new ConcurrentLinkedQueue<>();

  /** Starts it; the target is closed with it. */
  AttackedServer(Target target, FakeCluster cluster, DatabaseConfig database) throws IOException {
    this.target = target;
    this.proxy = FaultProxy.start(target.uri(), sent::add);
    Map<String, String> settings = new HashMap<>(target.settings(proxy.uri()));
    settings.put("LOGBRIDGE_SERVER_PORT", "0");
    settings.put("LOGBRIDGE_SERVER_OPERATIONS_PORT", "0");
    settings.put("LOGBRIDGE_SERVER_SHUTDOWN_GRACE", "1s");
    settings.put("LOGBRIDGE_AUTH_KUBERNETES_URL", cluster.api().url());
    settings.put("LOGBRIDGE_AUTH_KUBERNETES_TOKEN", FakeCluster.OWN_TOKEN);
    settings.put("LOGBRIDGE_AUTH_CACHE_ALLOWED_FOR", "1m");
    settings.put("LOGBRIDGE_AUTH_CACHE_REFUSED_FOR", "1m");
    settings.put("LOGBRIDGE_DATABASE_URL", database.url());
    settings.put("LOGBRIDGE_DATABASE_USER", database.user());
    settings.put("LOGBRIDGE_DATABASE_POOL_SIZE", "4");
    settings.put("LOGBRIDGE_DASHBOARD_ENABLED", "true");
    settings.put("LOGBRIDGE_DASHBOARD_CREDENTIALS", "board:secret " + Target.MINE);
    settings.put("LOGBRIDGE_DASHBOARD_UNKNOWN_PODS", "true");
    // A store that is asked for what it does not have must not look broken to the next attack.
    settings.put("LOGBRIDGE_GUARD_BREAKER_MINIMUM_READS", "1000000");
    this.server = LogbridgeServer.start(ConfigLoader.load(null, settings));
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  /**
   * What the store was asked for since the last time, which was nothing but lines of the attacker's
   * namespace.
   */
  List<Scope> asked() {
    List<Scope> scopes = new ArrayList<>();
    for (ProxiedRequest request = sent.poll(); request != null; request = sent.poll()) {
      assertThat(request.toString()).doesNotContain(TOKEN, DASHBOARD);
      target.scope(request).ifPresent(scopes::add);
    }
    assertThat(scopes).allSatisfy(scope -> assertThat(scope.namespace()).isEqualTo(Target.MINE));
    return scopes;
  }

  /** The log as gRPC gives it, or the refusal. */
  String log(String name) {
    return outcome(() -> {
      StringBuilder text = new StringBuilder();
      LogsGrpc.newBlockingStub(grpc())
          .getLog(GetLogRequest.newBuilder().setName(name).build())
          .forEachRemaining(body -> text.append(body.getData().toStringUtf8()));
      return text.toString();
    });
  }

  /** A channel with the attacker's credential, and with what else they send. */
  Channel grpc(String... headers) {
    Metadata metadata = new Metadata();
    put(metadata, "authorization", "Bearer " + TOKEN);
    for (int i = 0; i < headers.length; i += 2) {
      put(metadata, headers[i], headers[i + 1]);
    }
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  private static void put(Metadata metadata, String name, String value) {
    metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
  }

  /** What is answered, or the refusal, which is neither the server's nor the store's failure. */
  static String outcome(Supplier<?> call) {
    try {
      return String.valueOf(call.get());
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode())
          .as(e.getMessage())
          .isNotIn(Status.Code.INTERNAL, Status.Code.UNKNOWN, Status.Code.UNAVAILABLE);
      return String.valueOf(e.getMessage());
    }
  }

  /** The answer to a GET of this path as it stands there, whatever is in it. */
  String get(String path) throws IOException {
    return get(path, "Bearer " + TOKEN);
  }

  String get(String path, String authorization) throws IOException {
    return send(
        "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
            .formatted(path, authorization));
  }

  /** The answer to these bytes; never one with which the server says that it is to blame. */
  String send(String request) throws IOException {
    String answer = answer(request);
    Matcher status = STATUS.matcher(answer);
    if (status.find()) {
      assertThat(Integer.parseInt(status.group(1)))
          .as("%s\n%s", request, answer)
          .isIn(200, 301, 400, 401, 403, 404, 405, 406, 413, 414, 431, 501);
    }
    return answer;
  }

  private String answer(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketException e) {
      return "closed: " + e.getMessage(); // while the request was still being sent
    }
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() throws Exception {
    channel.shutdownNow();
    channel.awaitTermination(10, TimeUnit.SECONDS);
    server.close();
    proxy.close();
    target.close();
  }
}
