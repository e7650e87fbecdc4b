// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * GetRecord and ListRecords against the bare statements, in turns, with few clients and with many.
 *
 * <p>GetRecord is measured in two ways: over gRPC, by clients in another process than the server;
 * and the service alone, called in the process and on the pool that the bare statements have too.
 */
final class RecordsBenchmark {

  private static final int PAGE_SIZE = 50;
  private static final int HEAP = 512;
  private static final List<Integer> CLIENTS = List.of(8, 64);

  private final PrintStream out;
  private final int records;
  private final int rounds;

  RecordsBenchmark(PrintStream out, int records, int rounds) {
    this.out = out;
    this.records = records;
    this.rounds = rounds;
  }

  void run() throws IOException, InterruptedException {
    try (RecordTables tables = RecordTables.start();
        ServerProcess server = ServerProcess.start(HEAP, ServerSettings.of(tables.url()));
        ServiceInProcess service = new ServiceInProcess(tables.url())) {
      long start = System.nanoTime();
      tables.addResults();
      tables.addRecords(RecordTables.NAMESPACE, 1, records);
      out.printf(
          "%nrecords: %,d, loaded in %.0f s; %d rounds of %d s%n",
          records, (System.nanoTime() - start) / 1e9, rounds, RecordsWay.TURN.toSeconds());
      List<Wanted> wanted = IntStream.rangeClosed(1, records).mapToObj(Wanted::of).toList();
      for (int clients : CLIENTS) {
        compare(clients, wanted, server, service, tables.processHandle());
      }
      out.printf("server: %s%n", server.memory());
    } catch (SQLException e) {
      throw new IOException("cannot fill the tables", e);
    }
  }

  private void compare(
      int clients,
      List<Wanted> wanted,
      ServerProcess server,
      ServiceInProcess service,
      ProcessHandle postgres) {
    BareSql bare = new BareSql(service.pool());
    List<RecordClient> connections = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      connections.add(new RecordClient(server.port()));
    }
    try {
      out.printf("%nGetRecord, %d clients%n", clients);
      compare(
          new RecordsWay(
              "bare SQL",
              server,
              postgres,
              time -> Load.of(clients, time, _ -> () -> bare.get(anyRecord()))),
          new RecordsWay(
              "gRPC",
              server,
              postgres,
              time ->
                  Load.ofAsync(clients, time, i -> () -> connections.get(i).get(anyOf(wanted)))),
          new RecordsWay(
              "service in this process",
              server,
              postgres,
              time -> Load.of(clients, time, _ -> () -> service.get(anyOf(wanted)))));
      out.printf("%nListRecords, %d clients%n", clients);
      compare(
          new RecordsWay(
              "bare SQL",
              server,
              postgres,
              time -> Load.of(clients, time, _ -> () -> bare.list(anyApp(), PAGE_SIZE))),
          new RecordsWay(
              "gRPC",
              server,
              postgres,
              time -> Load.of(clients, time, i -> () -> list(connections.get(i), anyApp()))));
    } finally {
      connections.forEach(RecordClient::close);
    }
  }

  private static void list(RecordClient client, String app) {
    client.list(
        "data_type == TASK_RUN && data.metadata.labels[\"app\"] == \"" + app + "\"", PAGE_SIZE);
  }

  private int anyRecord() {
    return 1 + ThreadLocalRandom.current().nextInt(records);
  }

  private static Wanted anyOf(List<Wanted> wanted) {
    return wanted.get(ThreadLocalRandom.current().nextInt(wanted.size()));
  }

  private static String anyApp() {
    return "app-" + ThreadLocalRandom.current().nextInt(RecordTables.GROUPS);
  }

  private void compare(RecordsWay bare, RecordsWay... others) {
    List<RecordsWay> ways = new ArrayList<>(List.of(others));
    ways.add(bare);
    ways.forEach(way -> out.printf("%s: warmed up for %.0f s%n", way.name(), way.warmUp()));
    for (int round = 0; round < rounds; round++) {
      ways.forEach(RecordsWay::measure);
      Collections.rotate(ways, 1); // none is always the one that comes after another
    }
    out.printf("%s: %s%n", bare.name(), bare);
    for (RecordsWay way : others) {
      Sample ratio = way.against(bare);
      out.printf("%s: %s%n", way.name(), way);
      out.printf(
          "  ratio %.3f; of the rounds: median %.3f, %.3f to %.3f%n",
          way.callsPerSecond() / bare.callsPerSecond(), ratio.median(), ratio.min(), ratio.max());
    }
  }
}
