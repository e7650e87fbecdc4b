// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.abuse;

import io.logbridge.adapter.auth.FakeCluster;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import java.util.EnumMap;
import java.util.Map;

/**
 * A database with runs of two namespaces, a cluster in which the attacker may do everything in one
 * of them and nothing in the other, and a server for each store, started when it is first attacked.
 */
final class Laboratory implements AutoCloseable {

  static final String FOREIGN_UID = "f0000000-0000-4000-8000-000000000001";

  final DatabaseConfig database = TestDatabase.empty(true);

  private final FakeCluster cluster = new FakeCluster(false);
  private final Map<Targets, AttackedServer> servers = new EnumMap<>(Targets.class);

  Laboratory() {
    cluster.user(AttackedServer.TOKEN, "mallory");
    cluster.allowed =
        spec -> spec.get("resourceAttributes").path("namespace").asString("").equals(Target.MINE);
    try (Database open = Database.open(database)) {
      run(open, Target.MINE, "mine-uid");
      run(open, "other", FOREIGN_UID);
      run(open, "mine-other", "mine-other-uid");
      TestDatabase.record(
          open,
          "other/results/r/records/events",
          "results.tekton.dev/v1.EventList",
          """
          {"items":[{"metadata":{"name":"e","namespace":"other"},"reason":"%1$s","message":"%1$s",
            "type":"Warning","lastTimestamp":"2026-08-20T10:00:30Z",
            "involvedObject":{"kind":"TaskRun","name":"run","namespace":"other","uid":"%2$s"}}]}
          """
              .formatted(Target.FOREIGN, FOREIGN_UID));
    }
  }

  /** In each namespace names are the same, so that only the namespace tells runs apart. */
  private static void run(Database database, String namespace, String uid) {
    TestDatabase.record(
        database,
        namespace + "/results/r/records/run",
        "tekton.dev/v1.TaskRun",
        """
        {"kind":"TaskRun","apiVersion":"tekton.dev/v1",
         "metadata":{"name":"run","namespace":"%1$s","uid":"%2$s",
           "labels":{"whose":"%3$s"}},
         "status":{"podName":"run-pod","startTime":"2026-08-20T10:00:00Z",
           "completionTime":"2026-08-20T10:01:00Z",
           "steps":[{"name":"build","container":"step-build"}]}}
        """
            .formatted(namespace, uid, namespace.equals(Target.MINE) ? "" : Target.FOREIGN));
  }

  AttackedServer server(Targets store) {
    return servers.computeIfAbsent(store, this::start);
  }

  private AttackedServer start(Targets store) {
    try {
      return new AttackedServer(store.start(), cluster, database);
    } catch (Exception e) {
      throw new IllegalStateException(store + " does not start", e);
    }
  }

  @Override
  public void close() throws Exception {
    for (AttackedServer server : servers.values()) {
      server.close();
    }
    cluster.close();
  }
}
