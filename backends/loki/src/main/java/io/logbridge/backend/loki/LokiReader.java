// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.loki;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.loki.Entries.Line;
import io.logbridge.backend.loki.RangeOutcome.Obstacle;
import io.logbridge.backend.paging.PageCutter;
import io.logbridge.backend.paging.PageSizer;
import io.logbridge.backend.paging.Window;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/**
 * Reads a container's log page by page.
 *
 * <p>A page asks for one entry more than it is to have. If all of them come, more may follow: the
 * entries of the last instant are put back, since others of it may be missing, and the next page
 * begins with that instant again. An instant that alone is more than a page is asked for by itself,
 * with all that the server gives. So no entry is lost, and none comes twice, however the server
 * shuffles those of one instant.
 */
final class LokiReader implements LogReader {

  private static final int SHRINK = 8;
  private static final long SHORTEST_WINDOW = 1_000_000_000;

  private static final Comparator<Line> OF_ONE_INSTANT =
      Comparator.comparingLong(Line::ownNanos)
          .thenComparing(Line::tie, Comparator.nullsFirst(Comparator.naturalOrder()));

  private static final Comparator<Line> FORWARD =
      (one, other) ->
          one.nanos() == other.nanos()
              ? OF_ONE_INSTANT.compare(one, other)
              : Long.compare(one.nanos(), other.nanos());

  private final LokiClient client;
  private final LabelCheck labels;
  private final QueryLimits limits;
  private final LokiSettings settings;
  private final LogQuery query;
  private final Window window;
  private final PageSizer sizer;
  private final Prefetch prefetch;

  private final Queue<LogPage> pending = new ArrayDeque<>();

  private Window left;
  private long readable = Long.MAX_VALUE;
  private long undecoded;
  private boolean found;
  private boolean done;

  LokiReader(
      LokiClient client,
      LabelCheck labels,
      QueryLimits limits,
      LokiSettings settings,
      LogQuery query,
      Instant now) {
    this.client = client;
    this.labels = labels;
    this.limits = limits;
    this.settings = settings;
    this.query = query;
    this.window = Storable.window(query.range(), now);
    this.left = window;
    this.sizer = new PageSizer(settings.paging(), query.wanted());
    this.prefetch =
        new Prefetch(
            (request, timed, deadline) -> client.queryRange(query, request, timed, deadline));
  }

  @Override
  public LogPage read(Deadline deadline) throws InterruptedException {
    if (done) {
      throw new IllegalStateException("read after the last page");
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    LogPage page;
    try {
      page = next(deadline);
    } catch (InterruptedException | RuntimeException e) {
      prefetch.giveUp();
      throw e;
    }
    done = page.last();
    return page;
  }

  @Override
  public void aimAt(long bytes) {
    sizer.aimAt(bytes);
  }

  @Override
  public long undecoded() {
    return undecoded;
  }

  @Override
  public void close() {
    done = true;
    prefetch.giveUp();
    pending.clear();
  }

  private LogPage next(Deadline deadline) throws InterruptedException {
    if (!pending.isEmpty()) {
      return pending.remove();
    }
    return window.isEmpty() ? new LogPage(List.of(), true) : page(deadline);
  }

  /** Nothing of this reader moves before everything that can fail has gone well. */
  private LogPage page(Deadline deadline) throws InterruptedException {
    Part part = part(deadline);
    boolean last = part.left.isEmpty();
    boolean foundSome = found || part.entries.returned() > 0;
    if (last && !foundSome) {
      labels.explainEmpty(query, window, deadline);
    }
    found = foundSome;
    left = part.left;
    undecoded += part.entries.nobodys().size();
    undecoded += settings.line().expectsForm() ? part.entries.undecoded() : 0;
    sizer.received(part.entries.lines().size(), part.entries.textChars(), part.asked);
    pending.addAll(PageCutter.cut(inOrder(part.entries.lines()), last, settings.paging().bytes()));
    return pending.remove();
  }

  /**
   * What has been read.
   *
   * @param asked how many entries of it were asked for
   * @param left of the window when it has been taken
   */
  private record Part(Entries entries, int asked, Window left) {}

  private Part part(Deadline deadline) throws InterruptedException {
    int limit = Math.min(sizer.next() + 1, limits.maxEntries());
    Answer answer = ask(prefetch.next(request(left, limit)), deadline);
    if (!answer.isFull()) {
      return new Part(answer.entries, answer.request.limit(), behind(answer.request.window()));
    }
    if (isReadAlready(answer)) {
      prefetch.forget();
      return part(deadline);
    }
    if (answer.entries.first() == answer.entries.last()) {
      Answer instant = instant(answer.entries.first(), deadline);
      return new Part(instant.entries, answer.request.limit(), behind(instant.request.window()));
    }
    if (query.direction() == Direction.FORWARD) {
      prefetch.learn(answer.entries);
    }
    return withoutLastInstant(answer);
  }

  /**
   * Whether an answer that was asked for ahead of its turn ends before the place we have come to.
   */
  private boolean isReadAlready(Answer answer) {
    return answer.request.window().start() < left.start() && answer.entries.last() <= left.start();
  }

  private RangeRequest request(Window window, int limit) {
    return new RangeRequest(window, limit, query.direction())
        .cutTo(Math.min(limits.maxLength(), readable));
  }

  private Part withoutLastInstant(Answer answer) {
    Entries entries = answer.entries;
    boolean forward = query.direction() == Direction.FORWARD;
    long border = forward ? entries.last() : entries.first();
    return new Part(entries.without(border), answer.request.limit(), from(border));
  }

  /** What is left from an instant on, which is included. */
  private Window from(long border) {
    return query.direction() == Direction.FORWARD
        ? new Window(border, left.end())
        : new Window(left.start(), border + 1);
  }

  private Window behind(Window read) {
    return query.direction() == Direction.FORWARD
        ? new Window(read.end(), left.end())
        : new Window(left.start(), read.start());
  }

  /** All entries of one instant. */
  private Answer instant(long nanos, Deadline deadline) throws InterruptedException {
    Window one = new Window(nanos, nanos + 1);
    Answer answer = ask(new RangeRequest(one, limits.maxEntries(), query.direction()), deadline);
    if (answer.isFull()) {
      throw new LogBackendException(
          Reason.INCOMPLETE,
          "Loki has at least "
              + answer.entries.returned()
              + " lines of one instant, "
              + Window.instant(nanos)
              + ", and gives no more of them (limits_config.max_entries_limit_per_query, expected:"
              + " more than the lines of one instant; or increment_duplicate_timestamp: true)");
    }
    return answer;
  }

  /** Entries and the request that they came for, after what stood in its way. */
  private record Answer(RangeRequest request, Entries entries) {

    boolean isFull() {
      return entries.returned() == request.limit();
    }
  }

  private Answer ask(RangeRequest first, Deadline deadline) throws InterruptedException {
    RangeRequest request = first;
    while (true) {
      switch (prefetch.outcome(request, deadline)) {
        case RangeOutcome.Answer answer -> {
          askBehind(request, answer, deadline);
          Entries entries = client.parse(answer, query.container(), left.start());
          return new Answer(request, consistent(request, entries));
        }
        case Obstacle obstacle -> {
          RangeRequest other = around(obstacle, request);
          // One that was asked for ahead of its turn could end before the place we have come to.
          request = request.window().start() < left.start() ? request(left, other.limit()) : other;
          prefetch.giveUp();
        }
      }
    }
  }

  /** Has the store work on the next pages while this one is parsed, if it seems to have some. */
  private void askBehind(RangeRequest request, RangeOutcome.Answer answer, Deadline deadline) {
    int size = sizer.ahead(request.limit() - 1, answer.json().length());
    if (size > 0) {
      int limit = Math.min(size + 1, limits.maxEntries());
      prefetch.askBehind(
          request, answer.times(), instant -> request(from(instant), limit), deadline);
    }
  }

  private RangeRequest around(Obstacle obstacle, RangeRequest request) {
    Window asked = request.window();
    long length = asked.end() - asked.start();
    return switch (obstacle.kind()) {
      case TOO_MANY_ENTRIES -> {
        require(obstacle.limit() > 0 && obstacle.limit() < request.limit(), obstacle);
        limits.learnMaxEntries(obstacle.limit());
        yield request.limitedTo((int) obstacle.limit());
      }
      case TOO_LONG_A_WINDOW -> {
        require(obstacle.limit() > 0 && obstacle.limit() < length, obstacle);
        limits.learnMaxLength(obstacle.limit());
        yield request.cutTo(obstacle.limit());
      }
      case TOO_MUCH_TO_READ -> {
        require(length > SHORTEST_WINDOW, obstacle);
        readable = length / 2;
        yield request.cutTo(readable);
      }
      case TOO_LARGE_AN_ANSWER -> {
        require(request.limit() > 1 && length > 1, obstacle);
        yield request.limitedTo(Math.max(1, request.limit() / SHRINK));
      }
    };
  }

  private static void require(boolean avoidable, Obstacle obstacle) {
    if (!avoidable) {
      throw obstacle.failure();
    }
  }

  private static Entries consistent(RangeRequest request, Entries entries) {
    Window asked = request.window();
    boolean inWindow =
        entries.returned() == 0
            || (asked.contains(entries.first()) && asked.contains(entries.last()));
    if (!inWindow || entries.returned() > request.limit()) {
      throw new LogBackendException(
          Reason.MALFORMED, "Loki query_range: the answer has other entries than were asked for");
    }
    return entries;
  }

  /** Entries of one instant that nothing tells apart stay as they came. */
  private List<LogEntry> inOrder(List<Line> lines) {
    List<Line> sorted = new ArrayList<>(lines);
    sorted.sort(query.direction() == Direction.FORWARD ? FORWARD : FORWARD.reversed());
    List<LogEntry> entries = new ArrayList<>(sorted.size());
    sorted.forEach(line -> entries.add(line.entry()));
    return entries;
  }
}
