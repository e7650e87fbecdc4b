// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.elasticsearch.ElasticsearchFailure.Kind;
import io.logbridge.backend.elasticsearch.ElasticsearchSettings.Paging;
import io.logbridge.backend.paging.PageCutter;
import io.logbridge.backend.paging.PageSizer;
import io.logbridge.backend.paging.Window;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Reads a container's log page by page from one point in time. */
final class PointInTimeReader implements LogReader {

  private static final int SHRINK = 8;

  private final StoreClient client;
  private final FieldCapabilities capabilities;
  private final ElasticsearchSettings settings;
  private final LogQuery query;
  private final IndexTarget target;
  private final Window window;
  private final PageSizer sizer;
  private final TakenHits taken;

  private final Queue<LogPage> pending = new ArrayDeque<>();

  private @Nullable Stage stage;
  private Position position = Position.START;
  private long undecoded;
  private boolean resumed;
  private boolean done;
  private boolean closed;

  /** What is read, and in which indices. */
  record Selection(LogQuery query, IndexTarget target) {}

  /** What exists once the mapping of the indices is known. */
  private record Stage(PointInTime pointInTime, ReorderBuffer buffer) {}

  PointInTimeReader(
      StoreClient client,
      FieldCapabilities capabilities,
      ElasticsearchSettings settings,
      Selection selection) {
    this.client = client;
    this.capabilities = capabilities;
    this.settings = settings;
    this.query = selection.query;
    this.target = selection.target;
    this.window = Window.of(query.range());
    this.sizer = new PageSizer(settings.paging().page(), query.wanted());
    this.taken = new TakenHits(settings.paging().heldLines());
  }

  @Override
  public LogPage read(Deadline deadline) throws InterruptedException {
    if (done) {
      throw new IllegalStateException("read after the last page");
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    LogPage page = window.isEmpty() ? new LogPage(List.of(), true) : next(deadline);
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

  private LogPage next(Deadline deadline) throws InterruptedException {
    if (!pending.isEmpty()) {
      return pending.remove();
    }
    if (stage == null) {
      stage = stage(capabilities.plan(target, deadline));
    }
    try {
      return page(stage, deadline);
    } catch (ElasticsearchFailure e) {
      throw e.toLogBackendException();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    done = true;
    pending.clear();
    if (stage != null) {
      stage.pointInTime.close();
    }
  }

  private Stage stage(FieldPlan plan) {
    ContainerSearch search =
        new ContainerSearch(
            query.container(), window, query.direction(), target, settings.fields(), plan);
    Paging paging = settings.paging();
    return new Stage(
        new PointInTime(client, search, settings),
        new ReorderBuffer(query.direction(), plan.nanoseconds(), paging.heldLines()));
  }

  /** Nothing of this reader moves before everything that can fail has gone well. */
  private LogPage page(Stage current, Deadline deadline)
      throws ElasticsearchFailure, InterruptedException {
    int size = current.pointInTime.sizeAhead(position).orElseGet(sizer::next);
    Attempt attempt = new Attempt(current.pointInTime, size);
    SearchPage page = attempt.search(deadline);
    boolean last = page.returned() < attempt.size;
    List<Hit> hits = resumed ? notTaken(page.hits(), current.buffer) : page.hits();
    List<LogEntry> entries = current.buffer.accept(hits, last);
    sizer.received(page.hits().size(), page.textChars(), attempt.size);
    long odd = hits.stream().filter(hit -> !hit.decoded()).count();
    undecoded += odd;
    current.pointInTime.readWholeDocuments(odd > 0);
    if (page.returned() > 0) {
      taken.take(hits, page.lastSort().getFirst());
      position = position.behind(page.lastSort());
    }
    pending.addAll(PageCutter.cut(entries, last, settings.paging().page().bytes()));
    return pending.remove();
  }

  /**
   * Another point in time repeats hits of the last millisecond, and can have new ones that belong
   * before what has been returned: they arrived after reading began.
   */
  private List<Hit> notTaken(List<Hit> hits, ReorderBuffer buffer) {
    return hits.stream().filter(hit -> !taken.contains(hit) && !buffer.isPassed(hit)).toList();
  }

  /** One page, asked for in another way for as long as that can help. */
  private final class Attempt {

    private final PointInTime pointInTime;
    private int size;
    private boolean eased;
    private boolean reopened;

    Attempt(PointInTime pointInTime, int size) {
      this.pointInTime = pointInTime;
      this.size = size;
    }

    SearchPage search(Deadline deadline) throws ElasticsearchFailure, InterruptedException {
      while (true) {
        try {
          return consistent(pointInTime.search(position, size, this::sizeAhead, deadline));
        } catch (ElasticsearchFailure e) {
          mend(e);
        }
      }
    }

    private int sizeAhead(int answerBytes) {
      return sizer.ahead(size, answerBytes);
    }

    private void mend(ElasticsearchFailure e) throws ElasticsearchFailure {
      switch (e.kind()) {
        case ANSWER_TOO_LONG -> shrink();
        case PAGE_TOO_LARGE -> limit(e);
        case CIRCUIT_BREAKER -> ease(e);
        case POINT_IN_TIME_GONE -> reopen(e);
        case NO_MESSAGE -> pointInTime.readWholeDocuments(true);
        case NO_SEQUENCE_NUMBERS -> {
          reopen(e);
          pointInTime.forgoSequenceNumbers();
        }
        case INDEX_MISSING, OTHER -> throw e;
      }
    }

    private void shrink() throws ElasticsearchFailure {
      if (size == 1) {
        int limit = settings.paging().page().responseBytes();
        throw ElasticsearchFailure.other(
            Reason.INCOMPLETE,
            "Elasticsearch has a line that is too long (pageSize.responseBytes: "
                + limit
                + ", expected: more than the longest line)");
      }
      size = Math.max(1, size / SHRINK);
    }

    private void limit(ElasticsearchFailure e) throws ElasticsearchFailure {
      int allowed = e.detail().isEmpty() ? size / 2 : Integer.parseInt(e.detail());
      if (allowed < 1 || allowed >= size) {
        throw e;
      }
      sizer.limitTo(allowed);
      size = allowed;
    }

    private void ease(ElasticsearchFailure e) throws ElasticsearchFailure {
      if (eased || size == 1) {
        throw e;
      }
      eased = true;
      size = size / 2;
    }

    /** Another point in time has other sort values: begin with the last millisecond again. */
    private void reopen(ElasticsearchFailure e) throws ElasticsearchFailure {
      if (reopened && e.kind() == Kind.POINT_IN_TIME_GONE) {
        throw e;
      }
      if (!taken.isComplete()) {
        throw ElasticsearchFailure.other(
            Reason.INCOMPLETE,
            "Elasticsearch forgot its point in time amid more lines of one millisecond than can be"
                + " known again (maxHeldLines: "
                + settings.paging().heldLines()
                + ", pointInTimeKeepAlive: "
                + settings.paging().keepAlive()
                + ", expected: more)");
      }
      reopened = true;
      resumed = true;
      position = position.again();
      pointInTime.reopen();
    }

    private SearchPage consistent(SearchPage page) throws ElasticsearchFailure {
      boolean forward = query.direction() == Direction.FORWARD;
      long before =
          position.after().isEmpty()
              ? forward ? Long.MIN_VALUE : Long.MAX_VALUE
              : position.after().getFirst();
      boolean sorted = page.returned() <= size;
      for (Hit hit : page.hits()) {
        sorted &= forward ? hit.sortNanos() >= before : hit.sortNanos() <= before;
        before = hit.sortNanos();
      }
      boolean moved = page.returned() == 0 || !page.lastSort().equals(position.after());
      if (!sorted || !moved) {
        throw ElasticsearchFailure.other(
            Reason.MALFORMED,
            "Elasticsearch search: the answer has other hits than were asked for");
      }
      return page;
    }
  }
}
