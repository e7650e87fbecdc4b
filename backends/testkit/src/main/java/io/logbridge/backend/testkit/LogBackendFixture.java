// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import io.logbridge.backend.Capability;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.testkit.proxy.HttpAnswer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A running store of one kind, version and layout, and the backend for it.
 *
 * <p>The kit starts a fixture once, before its first test, uses it for all tests, one at a time,
 * and closes it when all tests of the process have run. {@link #name}, {@link #resolution}, {@link
 * #partialForms}, {@link #storeFaults}, {@link #lacking}, {@link #missing} and {@link #holds} need
 * no running store.
 */
public interface LogBackendFixture extends AutoCloseable {

  /** A few words for the names of the tests: {@code 9.5.3, date}. */
  String name();

  /**
   * What this machine lacks for the store to be started: the tests are skipped then, with this as
   * their reason. Nothing for a store that every machine can start.
   */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** Starts the store; blocks until it takes lines and answers queries. */
  void start() throws Exception;

  /** Where the started store serves HTTP; the proxy is put before it. Has no path. */
  URI store();

  /**
   * A backend that speaks to this address in place of the store's. The kit closes it.
   *
   * <p>It logs in with a credential that {@link #secrets} names, also if the store does not ask for
   * one.
   */
  LogBackend open(URI address, PageSettings pages);

  /** What must appear in no message: each credential of {@link #open}, raw and as it is sent. */
  List<String> secrets();

  /**
   * Stores these lines, in the order given, which is the order of their arrival. They are visible
   * to queries when it returns. The lines can be many and long: send them in portions.
   */
  void ingest(List<StoredLine> lines) throws Exception;

  /**
   * How finely backend and store together tell and order timestamps; one nanosecond for those that
   * keep what the container runtime wrote. It divides a millisecond.
   */
  Duration resolution();

  /**
   * A moment that the store takes lines for; the lines of the tests are written in the day after.
   */
  default Instant epoch() {
    return Instant.parse("2026-11-20T08:00:00Z");
  }

  /**
   * What the backend declares and this layout of the store takes away: equal timestamps in several
   * shards have no order, for one.
   */
  default Set<Capability> lacking() {
    return Set.of();
  }

  /** The forms in which this store's shippers store pieces of lines. */
  default Set<PartialForm> partialForms() {
    return Set.of();
  }

  /**
   * Stores something of a container that has not the form that the backend's settings say, as
   * another shipper or a changed one would write it. Visible to queries when it returns.
   *
   * @return the text as which it must be read; nothing if there is no such thing, since whatever is
   *     stored is a line
   */
  default Optional<String> ingestOddity(ContainerRef container, Instant time) throws Exception {
    return Optional.empty();
  }

  /** Whether the store can hold a line with this text unchanged, which few cannot. */
  default boolean holds(String text) {
    return true;
  }

  /**
   * An answer with which the store would refuse any request.
   *
   * @param status 400, 401, 403, 404, 429, 500 or 503
   * @param detail to be put into the body where the store explains itself
   */
  HttpAnswer refusal(int status, String detail);

  /** What can go wrong in this store beyond what can in every one. */
  default List<StoreFault> storeFaults() {
    return List.of();
  }

  /** Whether this build of the store can delete lines at all. */
  default boolean canDelete() {
    return true;
  }

  /** Has a store that deletes later delete now what it has promised to. */
  default void finishDeletions() throws Exception {}

  /**
   * How much the store holds now for readers that are open: points in time, jobs, cursors. Asked
   * from the store itself; zero if it never holds any.
   */
  default int heldForReaders() throws Exception {
    return 0;
  }

  /** Stops the store. */
  @Override
  void close() throws Exception;
}
