// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.abuse;

import static io.logbridge.adapter.abuse.AttackedServer.DASHBOARD;
import static io.logbridge.adapter.abuse.AttackedServer.TOKEN;
import static io.logbridge.adapter.abuse.AttackedServer.outcome;
import static io.logbridge.adapter.abuse.Target.FOREIGN;
import static io.logbridge.adapter.abuse.Target.MINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.abuse.Target.Scope;
import io.logbridge.proto.v1alpha3.GetLogRequest;
import io.logbridge.proto.v1alpha3.LogsGrpc;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that make another caller, another request, or a second request out of one. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class SmuggledHeaderTest {

  private static final String RUN =
      "/apis/results.tekton.dev/v1alpha3/parents/mine/results/r/logs/run";
  private static final String FOREIGN_RUN = RUN.replace("mine", "other");
  private static final Scope CONTAINER = new Scope(MINE, "run-pod", "step-build");

  private final Laboratory laboratory = new Laboratory();
  private final AttackedServer server = laboratory.server(Targets.LOKI_LABELS);

  @AfterAll
  void close() throws Exception {
    laboratory.close();
  }

  /** Each with the attacker's own token, before and behind it, as one header and as two. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Remote-User: root",
        "X-Remote-Group: system:masters",
        "X-Forwarded-User: root",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Host: other",
        "X-Forwarded-Prefix: /apis/results.tekton.dev/v1alpha3/parents/other",
        "X-Original-URL: /apis/results.tekton.dev/v1alpha3/parents/other/results/r/logs/run",
        "X-HTTP-Method-Override: DELETE",
        "X-Scope-OrgID: other",
        "Forwarded: for=127.0.0.1;host=other",
        "Impersonate-User: root",
        "impersonate-user: root\r\nImpersonate-Group: system:masters",
        "Impersonate-Group: system:masters",
        "Impersonate-Uid: 0",
        "Impersonate-Extra-Scopes: all",
        "Impersonate-Extra-%41: all",
        "Impersonate_User: root",
        "Grpc-Metadata-Impersonate-User: root",
        "Grpc-Metadata-X-Remote-User: root",
        "Grpc-Metadata-Authorization: Bearer nobodys",
        "Authorization: Bearer nobodys",
        "Authorization: Basic Ym9hcmQ6c2VjcmV0",
        "Authorization:",
        "Cookie: token=nobodys",
        "Host: other",
        "traceparent: 00-' OR 1=1 --",
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\ntracestate: x={namespace=\"other\"}",
        "baggage: namespace=other",
        "logbridge-container: other",
        "Content-Location: /other",
        "Range: bytes=0-",
        "Connection: Authorization",
        "X: y\r\n Impersonate-User: root",
        "X: y\r\n\tFORWARDED: root",
        " Impersonate-User: root",
        "Impersonate-User : root",
        "Impersonate-User\t: root",
        "X: y\nImpersonate-User: root",
        "X: y\rImpersonate-User: root",
        "X: y\u0000Impersonate-User: root",
        ": root",
        "no colon",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding:\u000bchunked",
        "Content-Length: 0\r\nContent-Length: %d",
        "Content-Length: %d\r\nTransfer-Encoding: chunked",
        "Content-Length: +%d",
        "Content-Length: -1",
        "Content-Length: %d, 0",
        "Content-Length: 99999999999999999999",
        "Expect: 100-continue",
        "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings",
        "Upgrade: websocket\r\nConnection: Upgrade",
      })
  void whatIsOfOthers_isNotGiven(String headers) throws Exception {
    String token = "Authorization: Bearer " + TOKEN;
    String second = "GET " + FOREIGN_RUN + " HTTP/1.1\r\nHost: x\r\n" + token + "\r\n\r\n";
    String attack = headers.replace("%d", Integer.toString(second.length()));
    for (String head : List.of(token + "\r\n" + attack, attack + "\r\n" + token)) {
      for (String path : List.of(FOREIGN_RUN, RUN)) {
        String answer =
            server.send("GET %s HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n%s".formatted(path, head, second));
        assertThat(answer).as(head).doesNotContain(FOREIGN);
        // One that is theirs may be given; the second never is.
        assertThat(answer.split("HTTP/1\\.1 200 ", -1).length - 1)
            .as(head)
            .isLessThanOrEqualTo(path.equals(RUN) ? 1 : 0);
      }
    }
    assertThat(server.asked()).allMatch(CONTAINER::equals);
  }

  /** The bytes after a body that cannot be told apart from it are no request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apis/results.tekton.dev/v1alpha3/parents/mine/results/r/logs/run",
        "/kube/api/v1/namespaces/mine/pods/run-pod/log",
        "/logs/mine/run-pod/step-build",
        "/nothing",
      })
  void malformedBody_isRefusedAndEndsTheConnection(String path) throws Exception {
    for (String chunk : List.of("GET", "-1", "5;\r\nabc", "ffffffffff\r\n", "0x0")) {
      String answer =
          server.send(
              "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n\r\nGET %1$s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %2$s\r\n\r\n"
                  .formatted(path, TOKEN, chunk));

      assertThat(answer).as(chunk).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 ");
    }
    assertThat(server.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://other/apis/results.tekton.dev/v1alpha3/parents/other/results/r/logs/run HTTP/1.1",
        "GET http://x%s HTTP/1.1",
        "GET %s HTTP/1.0",
        "GET %s HTTP/0.9",
        "GET %s",
        "GET  %s HTTP/1.1",
        "GET\t%s\tHTTP/1.1",
        "GET %s HTTP/1.1 HTTP/1.1",
        "GET %s\r HTTP/1.1",
        "get %s HTTP/1.1",
        "HEAD %s HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "CONNECT other:443 HTTP/1.1",
        "TRACE %s HTTP/1.1",
        "POST %s HTTP/1.1",
        "DELETE %s HTTP/1.1",
        "GET /apis/results.tekton.dev/v1alpha3/parents/mine/../other/results/r/logs/run HTTP/1.1",
        "GET /kube/../apis/results.tekton.dev/v1alpha3/parents/other/results/r/logs/run HTTP/1.1",
        "GET //apis//results.tekton.dev/v1alpha3/parents/other/results/r/logs/run HTTP/1.1",
        "GET /logs/mine/%2e%2e/other HTTP/1.1",
      })
  void requestLines_leadToNothingOfOthers(String line) throws Exception {
    String answer =
        server.send(
            "%s\r\nHost: x\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                .formatted(line.replace("%s", FOREIGN_RUN), TOKEN));

    assertThat(answer).doesNotContain(FOREIGN).doesNotStartWith("HTTP/1.1 200");
    assertThat(server.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "impersonate-user",
        "impersonate-group",
        "impersonate-uid",
        "impersonate-extra-scopes",
        "x-remote-user",
        "x-remote-group",
        "x-forwarded-user",
        "x-scope-orgid",
        "traceparent",
        "grpc-metadata-impersonate-user",
        "logbridge-container",
        "logbridge-namespace",
      })
  void metadataOfGrpc_makesNobodyElse(String name) {
    for (String value : List.of("root", "other", "system:masters", "' OR 1=1", "{\"a\":1}", "")) {
      for (String log : List.of("other/results/r/logs/run", "mine/results/r/logs/run")) {
        assertThat(outcome(() -> log(log, name, value))).doesNotContain(FOREIGN);
      }
    }
    assertThat(server.asked()).extracting(Scope::namespace).doesNotContain("other");
  }

  private String log(String name, String header, String value) {
    StringBuilder text = new StringBuilder();
    LogsGrpc.newBlockingStub(server.grpc(header, value))
        .getLog(GetLogRequest.newBuilder().setName(name).build())
        .forEachRemaining(body -> text.append(body.getData().toStringUtf8()));
    return text.toString();
  }

  /** The Dashboard's face has credentials of its own, and they count there only. */
  @Test
  void credentialOfAnotherFace_opensNothing() throws Exception {
    assertThat(server.get(RUN, DASHBOARD)).startsWith("HTTP/1.1 401 ");
    assertThat(server.get("/kube/api/v1/namespaces/mine/pods/run-pod/log", DASHBOARD))
        .startsWith("HTTP/1.1 401 ");
    assertThat(server.get("/logs/mine/run-pod/step-build")).startsWith("HTTP/1.1 401 ");
    assertThat(server.get("/logs/other/run-pod/step-build", DASHBOARD)).startsWith("HTTP/1.1 403 ");
    assertThat(server.asked()).isEmpty();
  }
}
