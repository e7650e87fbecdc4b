// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.json.ClientJson;
import io.logbridge.adapter.record.ArchivedObject;
import io.logbridge.adapter.record.Keyset.Position;
import io.logbridge.backend.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The changes of the objects of a resource, as they come. A change is told at least once: those of
 * the last {@link #DOUBT} before the version that a client begins with may be told again. That an
 * object was deleted is told to whom it was shown, and to who watches it by name.
 *
 * <p>Written by one thread, closed by any. Holds a page of records while there is something to
 * write, and no connection while it waits.
 */
public final class KubeWatch implements KubeAnswer, AutoCloseable {

  /** How long before a version changes are told of which the client may have seen nothing yet. */
  private static final Duration DOUBT = Duration.ofSeconds(2);

  private final ObjectSource source;
  private final Selection selection;
  private final Form form;
  private final WatchOptions options;
  private final ChangeFeed feed;
  private final Duration heartbeat;
  private final @Nullable ResourceVersion start;
  private final Semaphore bell = new Semaphore(0);
  private final ShownObjects shown = new ShownObjects();

  /** The changes that are younger than {@link #from} and have been written. */
  private final Map<String, Instant> written = new HashMap<>();

  private Instant from = Instant.EPOCH;
  private ResourceVersion version = new ResourceVersion(0);
  private volatile boolean closed;

  /**
   * @param heartbeat how long a client hears nothing at most
   * @throws RequestException {@code INVALID_ARGUMENT} if the version cannot be one of ours
   */
  KubeWatch(
      ObjectSource source,
      Selection selection,
      Form form,
      WatchOptions options,
      ChangeFeed feed,
      Duration heartbeat) {
    this.source = source;
    this.selection = selection;
    this.form = form;
    this.options = options;
    this.feed = feed;
    this.heartbeat = heartbeat;
    this.start = start(options);
  }

  private static @Nullable ResourceVersion start(WatchOptions options) {
    String text = options.resourceVersion();
    ResourceVersion version = text.isEmpty() ? null : ResourceVersion.parse(text);
    return version == null || version.micros() == 0 || options.initialEvents() ? null : version;
  }

  /** Ends the watch soon, from any thread. */
  @Override
  public void close() {
    closed = true;
    bell.release();
  }

  /**
   * Writes events, one a line, until the time is up or the watch is closed. While there are none,
   * an empty line from time to time shows whether anybody reads.
   *
   * @throws RequestException if the database fails before the first event, or refuses to answer
   */
  @Override
  public void writeTo(OutputStream out) {
    Deadline end = Deadline.after(options.timeout());
    try (var _ = feed.listen(source::concerns, bell::release)) {
      begin(out);
      while (!closed && !end.isExpired()) {
        out.flush();
        if (await(end)) {
          whileTheDatabaseAnswers(() -> writeChanges(out, Instant.EPOCH));
        } else if (!closed) {
          out.write('\n');
          whileTheDatabaseAnswers(() -> writeDeletions(out));
          writeBookmark(out);
        }
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void begin(OutputStream out) {
    ResourceVersion now = ResourceVersion.of(source.store().now(Deadline.never()));
    version = start == null ? now : start;
    from = version.minus(ChangeFeed.OVERLAP);
    if (start == null || source.isListedAgain() || selection.isOfOneName()) {
      ObjectCursor objects = source.cursor(selection, ContinueToken.start(version));
      for (ObjectNode object = objects.peek(); object != null; object = objects.peek()) {
        ArchivedObject row = objects.row();
        if (start == null) {
          write(out, "ADDED", object);
        }
        if (ResourceVersion.of(row).micros() <= version.micros()) {
          remember(row, object);
        }
        objects.skip();
      }
    }
    if (options.initialEvents()) {
      write(out, "BOOKMARK", form.bookmark(version, true));
    }
    writeChanges(out, start == null ? Instant.EPOCH : start.minus(DOUBT));
  }

  private void remember(ArchivedObject row, ObjectNode object) {
    if (source.isListedAgain() || row.updated().isAfter(from)) {
      written.put(row.position().uid(), row.updated());
    }
    if (!source.isListedAgain()) {
      shown.add(row.position().uid(), object);
    }
  }

  /** Whether something may have changed; false if only time has passed. */
  private boolean await(Deadline end) {
    try {
      Duration left = end.orAfter(heartbeat).remaining();
      boolean rung = bell.tryAcquire(left.toNanos(), TimeUnit.NANOSECONDS);
      bell.drainPermits();
      return rung && !closed;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      closed = true;
      return false;
    }
  }

  /** A database that is away for a while need not end a watch; the next look finds what came. */
  private static void whileTheDatabaseAnswers(Runnable look) {
    try {
      look.run();
    } catch (RequestException e) {
      if (e.code() != Code.UNAVAILABLE && e.code() != Code.DEADLINE_EXCEEDED) {
        throw e;
      }
    }
  }

  /**
   * @param known up to when the client has seen everything
   */
  private void writeChanges(OutputStream out, Instant known) {
    Instant now = source.store().now(Deadline.never());
    Position after = new Position("", from);
    List<ArchivedObject> page = source.changes(selection, after);
    while (!page.isEmpty() && !closed) {
      for (ArchivedObject row : page) {
        Instant before = written.put(row.position().uid(), row.updated());
        if (!row.updated().equals(before) && row.updated().isAfter(known)) {
          writeRow(out, row, before == null && isNew(row));
        }
      }
      Instant last = page.getLast().updated();
      after = source.isListedAgain() ? page.getLast().position() : position(page.getLast());
      forgetBefore(last.isBefore(now) ? last : now);
      page = source.changes(selection, after);
    }
    forgetBefore(now);
    version = ResourceVersion.of(now);
  }

  private static Position position(ArchivedObject changed) {
    return new Position(changed.position().uid(), changed.updated());
  }

  private void forgetBefore(Instant time) {
    Instant earliest = time.minus(ChangeFeed.OVERLAP);
    if (!source.isListedAgain() && earliest.isAfter(from)) {
      from = earliest;
      written.values().removeIf(change -> !change.isAfter(earliest));
    }
  }

  private void writeRow(OutputStream out, ArchivedObject row, boolean isNew) {
    for (ObjectNode object : source.objects(row)) {
      boolean known = shown.has(object);
      if (selection.matches(object)) {
        write(out, isNew && !known ? "ADDED" : "MODIFIED", object);
        if (!source.isListedAgain()) {
          shown.add(row.position().uid(), object);
        }
      } else if (known) {
        shown.remove(object);
        write(out, "DELETED", object);
      }
    }
  }

  private boolean isNew(ArchivedObject row) {
    Instant created = row.position().value();
    return created == null
        || start == null
        || ResourceVersion.of(created).micros() > start.micros();
  }

  private void writeDeletions(OutputStream out) {
    Set<String> records = shown.records();
    if (records.isEmpty()) {
      return;
    }
    Set<String> existing = source.store().existing(records, Deadline.never());
    Set<String> gone =
        records.stream()
            .filter(record -> !existing.contains(record))
            .collect(Collectors.toUnmodifiableSet());
    for (ObjectNode object : shown.removeOf(gone)) {
      write(out, "DELETED", object);
    }
  }

  private void writeBookmark(OutputStream out) {
    if (options.bookmarks()) {
      write(out, "BOOKMARK", form.bookmark(version, false));
    }
  }

  private void write(OutputStream out, String type, ObjectNode object) {
    write(out, type, form.single(object));
  }

  private static void write(OutputStream out, String type, JsonNode object) {
    ObjectNode event = ClientJson.object().put("type", type);
    event.set("object", object);
    byte[] line = ClientJson.bytes(event);
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
