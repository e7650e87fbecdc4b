// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * GetRecord, and ListRecords with a filter on {@code data}, against the bare statements through an
 * equal pool, in turns, with few clients and with many.
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
        BareSql bare = new BareSql(tables.url())) {
      long start = System.nanoTime();
      tables.addResults();
      tables.addRecords(RecordTables.NAMESPACE, 1, records);
      out.printf(
          "%nrecords: %,d, loaded in %.0f s; %d rounds of %d s%n",
          records, (System.nanoTime() - start) / 1e9, rounds, RecordsWay.TURN.toSeconds());
      for (int clients : CLIENTS) {
        compare(clients, server, bare, tables.processHandle());
      }
      out.printf("server: %s%n", server.memory());
    } catch (SQLException e) {
      throw new IOException("cannot fill the tables", e);
    }
  }

  private void compare(int clients, ServerProcess server, BareSql bare, ProcessHandle postgres) {
    List<RecordClient> connections = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      connections.add(new RecordClient(server.port()));
    }
    try {
      compare(
          "GetRecord",
          new RecordsWay(clients, server, postgres, i -> () -> connections.get(i).get(anyRecord())),
          new RecordsWay(clients, server, postgres, _ -> () -> bare.get(anyRecord())));
      compare(
          "ListRecords",
          new RecordsWay(clients, server, postgres, i -> () -> list(connections.get(i), anyApp())),
          new RecordsWay(clients, server, postgres, _ -> () -> bare.list(anyApp(), PAGE_SIZE)));
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

  private static String anyApp() {
    return "app-" + ThreadLocalRandom.current().nextInt(RecordTables.GROUPS);
  }

  private void compare(String what, RecordsWay served, RecordsWay bare) {
    served.warmUp();
    bare.warmUp();
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      // Neither is always the one that comes after the other.
      RecordsWay first = round % 2 == 0 ? served : bare;
      RecordsWay second = round % 2 == 0 ? bare : served;
      double a = first.measure();
      double b = second.measure();
      ratios[round] = first == served ? a / b : b / a;
    }
    Sample ratio = Sample.of(ratios);
    out.printf("%n%s, %d clients%n", what, served.clients());
    out.printf("served: %s%n", served);
    out.printf("bare:   %s%n", bare);
    out.printf(
        "ratio %.3f; of the rounds: median %.3f, %.3f to %.3f%n",
        served.callsPerSecond() / bare.callsPerSecond(), ratio.median(), ratio.min(), ratio.max());
  }
}
