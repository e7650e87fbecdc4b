// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.demo.history.Container;
import io.logbridge.demo.history.History;
import io.logbridge.demo.history.Pod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Ships a history's lines, as a shipper with two flush threads does. */
final class LogLoader {

  private static final int THREADS = 2;
  private static final int REQUEST_PIECES = 5000;

  /**
   * How much of a log one thread ships on its own. Longer logs are shipped by both at once and so
   * arrive out of order; shorter ones do not, which is what keeps equal timestamps in order.
   */
  private static final int SHIPMENT_LINES = 20_000;

  private final Intake intake;

  private LogLoader(Intake intake) {
    this.intake = intake;
  }

  /** What takes lines: a store, behind a shipper's requests. Used by several threads at once. */
  @FunctionalInterface
  interface Intake {

    /**
     * Takes some of what a container wrote.
     *
     * @throws IOException if any of it is refused
     */
    void take(Pod pod, Container container, List<Piece> pieces)
        throws IOException, InterruptedException;
  }

  /** Some of a container's lines. */
  private record Shipment(Pod pod, Container container, int from, int to) {}

  /**
   * Ships all lines; when it returns, all of them have been taken.
   *
   * @return how many pieces they were
   * @throws IOException if one was refused
   */
  static int load(History history, Intake intake) throws IOException, InterruptedException {
    return new LogLoader(intake).ship(shipments(history));
  }

  private static List<Shipment> shipments(History history) {
    List<Shipment> shipments = new ArrayList<>();
    history
        .pods()
        .forEach(pod -> {
          for (Container container : pod.containers()) {
            for (int from = 0; from < container.size(); from += SHIPMENT_LINES) {
              int to = Math.min(container.size(), from + SHIPMENT_LINES);
              shipments.add(new Shipment(pod, container, from, to));
            }
          }
        });
    return shipments;
  }

  private int ship(List<Shipment> shipments) throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Integer>> shipped = new ArrayList<>();
      for (Shipment shipment : shipments) {
        shipped.add(threads.submit(() -> ship(shipment)));
      }
      int pieces = 0;
      try {
        for (Future<Integer> future : shipped) {
          pieces += future.get();
        }
      } catch (ExecutionException e) {
        throw new IOException("cannot load the logs: " + e.getCause(), e);
      } finally {
        threads.shutdownNow();
      }
      return pieces;
    }
  }

  private int ship(Shipment shipment) throws IOException, InterruptedException {
    List<Piece> pending = new ArrayList<>();
    int pieces = 0;
    for (int i = shipment.from(); i < shipment.to(); i++) {
      pending.addAll(Piece.of(shipment.container().line().apply(i)));
      if (pending.size() >= REQUEST_PIECES || i == shipment.to() - 1) {
        intake.take(shipment.pod(), shipment.container(), pending);
        pieces += pending.size();
        pending.clear();
      }
    }
    return pieces;
  }
}
