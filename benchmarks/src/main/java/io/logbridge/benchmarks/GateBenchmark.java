// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * What it costs to ask who the caller is and what they may: GetRecord of a thousand callers whom
 * the server knows already, against a server that lets everybody pass, in turns.
 */
final class GateBenchmark {

  private static final int CALLERS = 1_000;
  private static final int CLIENTS = 16;
  private static final int RECORDS = 10_000;
  private static final int HEAP = 256;

  private final PrintStream out;
  private final int rounds;

  GateBenchmark(PrintStream out, int rounds) {
    this.out = out;
    this.rounds = rounds;
  }

  void run() throws IOException, InterruptedException {
    try (RecordTables tables = RecordTables.start();
        Reviewer reviewer = new Reviewer();
        ServerProcess open = ServerProcess.start(HEAP, ServerSettings.of(tables.url()));
        ServerProcess gated = ServerProcess.start(HEAP, gated(tables, reviewer))) {
      tables.addResults();
      tables.addRecords(RecordTables.NAMESPACE, 1, RECORDS);
      out.printf("%ngate: %,d callers, %d clients, %d rounds%n", CALLERS, CLIENTS, rounds);
      List<RecordClient> openClients = clients(open);
      List<RecordClient> gatedClients = clients(gated);
      try {
        for (int caller = 0; caller < CALLERS; caller++) {
          gatedClients.get(caller % CLIENTS).get(Wanted.of(1), token(caller)).join();
        }
        int asked = reviewer.reviews();
        List<Wanted> wanted = IntStream.rangeClosed(1, RECORDS).mapToObj(Wanted::of).toList();
        compare(
            way("open", open, openClients, wanted, tables.processHandle()),
            way("gated", gated, gatedClients, wanted, tables.processHandle()));
        out.printf(
            "reviews: %,d to know the callers, %,d later%n", asked, reviewer.reviews() - asked);
      } finally {
        openClients.forEach(RecordClient::close);
        gatedClients.forEach(RecordClient::close);
      }
    } catch (SQLException e) {
      throw new IOException("cannot fill the tables", e);
    }
  }

  private static ServerSettings gated(RecordTables tables, Reviewer reviewer) {
    return ServerSettings.of(tables.url())
        .withAuth(
            "{mode: kubernetes, cache: {allowedFor: 1h}, kubernetes: {url: \"%s\", token: none}}"
                .formatted(reviewer.uri()));
  }

  private static List<RecordClient> clients(ServerProcess server) {
    List<RecordClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new RecordClient(server.port()));
    }
    return clients;
  }

  private static RecordsWay way(
      String name,
      ServerProcess server,
      List<RecordClient> clients,
      List<Wanted> wanted,
      ProcessHandle postgres) {
    return new RecordsWay(
        name,
        server,
        postgres,
        time -> Load.ofAsync(CLIENTS, time, i -> () -> get(clients.get(i), wanted)));
  }

  /** Both servers get a token, so that the client does the same for both. */
  private static CompletableFuture<Void> get(RecordClient client, List<Wanted> wanted) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return client.get(wanted.get(random.nextInt(RECORDS)), token(random.nextInt(CALLERS)));
  }

  private static String token(int caller) {
    return "token-of-caller-" + caller;
  }

  private void compare(RecordsWay open, RecordsWay gated) {
    open.warmUp();
    gated.warmUp();
    for (int round = 0; round < rounds; round++) {
      (round % 2 == 0 ? open : gated).measure();
      (round % 2 == 0 ? gated : open).measure();
    }
    out.printf("open:  %s%n", open);
    out.printf("gated: %s%n", gated);
    out.printf(
        "share of the gate: %.1f %% of the server's processor time, %.1f %% of a call's duration%n",
        100 * (1 - open.serverMicros() / gated.serverMicros()),
        100 * (1 - open.medianMillis() / gated.medianMillis()));
  }
}
