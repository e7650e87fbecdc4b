// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Things that several calls use at once: made for the first, closed after the last. Safe for use by
 * many threads.
 */
final class Shared<K, V extends Shared.Resource> {

  private final Map<K, Counted<V>> used = new HashMap<>();
  private final Function<K, V> factory;

  /**
   * @param factory must not block
   */
  Shared(Function<K, V> factory) {
    this.factory = factory;
  }

  /** What can be shared. */
  interface Resource {
    /** Gives it up; must not block. */
    void close();
  }

  /** The use of a thing by one call. */
  record Lease<V>(V value, Runnable giveBack) implements AutoCloseable {
    @Override
    public void close() {
      giveBack.run();
    }
  }

  private static final class Counted<V> {
    private final V value;
    private int users;

    Counted(V value) {
      this.value = value;
    }
  }

  /** The thing of this key; the caller closes the lease once. */
  Lease<V> use(K key) {
    synchronized (used) {
      Counted<V> counted = used.computeIfAbsent(key, k -> new Counted<>(factory.apply(k)));
      counted.users++;
      return new Lease<>(counted.value, () -> giveBack(key, counted));
    }
  }

  /** How many things are in use. */
  int size() {
    synchronized (used) {
      return used.size();
    }
  }

  private void giveBack(K key, Counted<V> counted) {
    synchronized (used) {
      counted.users--;
      if (counted.users > 0) {
        return;
      }
      used.remove(key, counted);
    }
    counted.value.close();
  }
}
