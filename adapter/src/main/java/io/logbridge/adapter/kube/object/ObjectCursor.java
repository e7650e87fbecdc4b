// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.record.ArchivedObject;
import io.logbridge.adapter.record.Keyset.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of a list, one after the other, read as they are asked for. Holds a page of records.
 * Not for use by several threads.
 */
final class ObjectCursor {

  /** The next records after one of them; none only at the end. */
  @FunctionalInterface
  interface Pages {
    List<ArchivedObject> after(@Nullable Position row);
  }

  /** The objects that are made of a record. */
  @FunctionalInterface
  interface Projection {
    List<ObjectNode> of(ArchivedObject archived);
  }

  private final Pages pages;
  private final Projection projection;
  private final Predicate<ObjectNode> wanted;
  private final Deque<ArchivedObject> rows = new ArrayDeque<>();
  private List<ObjectNode> objects = List.of();
  private final ContinueToken start;
  private @Nullable Position before;
  private @Nullable ArchivedObject row;
  private int index;
  private boolean ended;

  ObjectCursor(
      Pages pages, Projection projection, Predicate<ObjectNode> wanted, ContinueToken start) {
    this.pages = pages;
    this.projection = projection;
    this.wanted = wanted;
    this.start = start;
    this.before = start.row();
  }

  /** The next object, which stays the next one; {@code null} at the end. */
  @Nullable ObjectNode peek() {
    while (!ended) {
      while (index < objects.size()) {
        ObjectNode candidate = objects.get(index);
        if (wanted.test(candidate)) {
          return candidate;
        }
        index++;
      }
      nextRow();
    }
    return null;
  }

  /** The record of the next object. */
  ArchivedObject row() {
    return Objects.requireNonNull(row, "peek() first");
  }

  /** Goes on to the object after the next one. */
  void skip() {
    index++;
  }

  /** Where another cursor has to begin to see what this one has yet to return. */
  ContinueToken position() {
    return row == null || index == 0
        ? new ContinueToken(start.version(), before, "", 0)
        : new ContinueToken(start.version(), before, row.position().uid(), index);
  }

  private void nextRow() {
    if (row != null) {
      before = row.position();
    }
    if (rows.isEmpty()) {
      rows.addAll(pages.after(before));
    }
    ArchivedObject next = rows.poll();
    ended = next == null;
    if (next != null) {
      row = next;
      objects = projection.of(next);
      index = next.position().uid().equals(start.partial()) ? start.done() : 0;
    }
  }
}
