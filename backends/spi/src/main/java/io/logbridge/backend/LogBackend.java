// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A log store, seen as a source of container logs.
 *
 * <p>Implementations are safe for use by many threads at once. Making one does no I/O, so that the
 * server starts while its store is down.
 */
public interface LogBackend extends AutoCloseable {

  /** The name of the kind of store as users write it: {@code Elasticsearch}. */
  String type();

  /** What this store can do beyond the contract that all stores keep. */
  Set<Capability> capabilities();

  /**
   * Whether it asks its store with the token of each query's {@link LogQuery#caller}, so that the
   * store decides what that caller may read. Of what is read for one caller nothing may reach
   * another. Such a backend deletes nothing.
   */
  default boolean asksAsCaller() {
    return false;
  }

  /**
   * A reader at the beginning of the log, or at its end when the query reads backward.
   *
   * <p>Does no I/O. The caller closes the reader.
   */
  LogReader open(LogQuery query);

  /**
   * Deletes what a container wrote in a window, or has the store promise to do so: a store that
   * deletes later serves the lines until then. A deletion that failed may have been done in part,
   * and may be repeated. Blocks; see {@link LogReader#read} for interruption and deadline.
   *
   * @throws LogBackendException if lines are left that the store has not promised to delete
   */
  void delete(ContainerRef container, TimeRange range, Deadline deadline)
      throws InterruptedException;

  /**
   * When the oldest line was written that the store has in the place where those of this container
   * would be, whoever wrote it: what is older cannot be had. May be a little earlier. Blocks; see
   * {@link LogReader#read} for interruption and deadline.
   *
   * @return nothing if the place is empty; always, unless {@link Capability#OLDEST_LINE} is
   *     declared
   */
  default Optional<Instant> oldest(ContainerRef container, Deadline deadline)
      throws InterruptedException {
    return Optional.empty();
  }

  /**
   * The requests for the first page of a log as one could send them by hand, for people who want to
   * know why a log is as it is; their form is not fixed. Sends none of them, but may have to ask
   * the store what its fields are. Names no credential. Blocks; see {@link LogReader#read} for
   * interruption and deadline.
   *
   * @throws LogBackendException if the store does not say what it has to be asked
   */
  String explain(LogQuery query, Deadline deadline) throws InterruptedException;

  /**
   * Asks the store whether it answers and understands us. Blocks; see {@link LogReader#read} for
   * interruption and deadline.
   *
   * @throws LogBackendException if a read would fail now, with the reason that it would fail for
   */
  void check(Deadline deadline) throws InterruptedException;

  /** Closes connections. Reads that are under way fail; closing again does nothing. */
  @Override
  void close();

  /** Names the kind of store and where it is; never a credential. */
  @Override
  String toString();
}
