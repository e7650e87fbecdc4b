// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import io.logbridge.demo.history.History;
import java.io.IOException;
import java.net.URI;

/** The store that holds the demo's logs, running. Closing it leaves nothing of it behind. */
interface LogStore extends AutoCloseable {

  /** What it is, for people: {@code Elasticsearch 9.5.3}. */
  String name();

  /** Where it listens: on the loopback address, without a slash at the end. */
  URI uri();

  /**
   * Ships all lines of a history to it; when it returns, all of them can be searched.
   *
   * @return how many documents they became
   * @throws IOException if one is refused
   */
  int load(History history) throws IOException, InterruptedException;

  /**
   * The part of a server's configuration file that is about it.
   *
   * @param address of it, or of what stands before it
   */
  String configuration(URI address);

  @Override
  void close() throws IOException;
}
