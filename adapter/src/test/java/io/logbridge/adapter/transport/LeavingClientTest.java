// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.CapturedLog;
import io.logbridge.adapter.LogbridgeServer;
import io.logbridge.adapter.TestConfig;
import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the whole server says of clients of HTTP/2 that leave while it waits for their windows. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class LeavingClientTest {

  private static final int WINDOW = 20_000;
  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");

  private LogbridgeServer server;

  @BeforeAll
  void start() {
    DatabaseConfig config = TestDatabase.empty(true);
    ListBackend store = new ListBackend(100);
    try (Database database = Database.open(config)) {
      for (String run : new String[] {"run", "other"}) {
        TestDatabase.record(
            database,
            "ns/results/r/records/" + run,
            "tekton.dev/v1.TaskRun",
            """
            {"metadata":{"name":"%1$s","namespace":"ns","uid":"%1$s-uid",
              "annotations":{"large":"%2$s"}},
             "status":{"podName":"%1$s-pod","startTime":"2026-08-20T10:00:00Z",
              "completionTime":"2026-08-20T10:01:00Z",
              "steps":[{"name":"build","container":"step-build"}]}}
            """
                .formatted(run, "x".repeat(200_000)));
      }
    }
    ContainerRef build = new ContainerRef("ns", "run-pod", null, "step-build");
    for (int i = 0; i < 2_000; i++) {
      store.add(build, LogEntry.of(T0.plusMillis(i), LogStream.STDOUT, "x".repeat(100)));
    }
    server =
        LogbridgeServer.start(
            TestConfig.of(TestConfig.SERVER, new AuthConfig.None(), config, store));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/apis/results.tekton.dev/v1alpha3/parents/ns/results/r/logs/run, HTTP GetLog",
    "/apis/results.tekton.dev/v1alpha2/parents/ns/results/r/records, HTTP ListRecords",
    "/kube/api/v1/namespaces/ns/pods/run-pod/log, kube GET",
    "/kube/apis/tekton.dev/v1/namespaces/ns/taskruns, kube GET",
  })
  void aClientThatLeaves_isNoErrorOfTheServer(String path, String call) throws Exception {
    try (CapturedLog log = CapturedLog.begin();
        RawHttp2Client client = RawHttp2Client.connect(server.port(), WINDOW)) {
      client.get(1, path);
      client.readUntil(frame -> frame.type() == RawHttp2Client.DATA);
      client.reset(1);
      client.ping();
      log.awaitCall(call);

      assertThat(log.complaints()).isEmpty();
    }
  }
}
