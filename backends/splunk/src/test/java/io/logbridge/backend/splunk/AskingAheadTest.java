// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.TimeRange;
import io.logbridge.backend.splunk.fake.FakeSplunk;
import io.logbridge.backend.testkit.Reading;
import io.logbridge.backend.testkit.StoredLine;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A log of 1000 lines, one in a second, read in pages of 50 at most. The search of the first 10
 * lines finds more, and the counts of the window's pieces follow.
 */
class AskingAheadTest {

  private static final int LINES = 1000;

  /** Searches of the first page. */
  private static final int BEFORE_THE_SECOND_PAGE = 3;

  /** The second page's, and the one that it has asked for ahead. */
  private static final int WITH_ONE_AHEAD = BEFORE_THE_SECOND_PAGE + 2;

  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
  private static final TimeRange RANGE = new TimeRange(START, START.plusSeconds(LINES));
  private static final ContainerRef CONTAINER =
      new ContainerRef("team-a", "build-1-pod", "0f8fad5b-d9cb-469f-a165-70867728950e", "step-x");

  private final FakeSplunk splunk = new FakeSplunk();
  private LogBackend backend;
  private LogReader reader;
  private final List<String> read = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    splunk.createIndex("main");
    send(0, LINES, "line ");
    backend =
        TestBackends.open(
            splunk,
            "fields.preset",
            "sck",
            "pageSize.initial",
            "10",
            "pageSize.max",
            "50",
            "requestTimeout",
            "30s");
    reader = backend.open(LogQuery.forward(CONTAINER, RANGE));
  }

  @AfterEach
  void close() throws IOException {
    reader.close();
    backend.close();
    splunk.heal();
    splunk.close();
  }

  @Test
  void nextWindow_isAskedForBeforeItIsWanted() throws Exception {
    read(2);
    for (int pages = 0; pages < 5; pages++) {
      awaitAhead(WITH_ONE_AHEAD + pages);
      read(1);
    }
    awaitAhead(WITH_ONE_AHEAD + 5);

    assertThat(rest()).isEqualTo(texts("line ", 0, LINES));
  }

  @Test
  void firstPage_hasNothingAskedForAhead() throws Exception {
    read(1);

    assertThat(splunk.searches()).isEqualTo(BEFORE_THE_SECOND_PAGE);
  }

  @Test
  void fewLinesWanted_haveNothingAskedForAhead() throws Exception {
    try (LogReader few =
        backend.open(new LogQuery(CONTAINER, RANGE, LogQuery.Direction.FORWARD, 500))) {
      for (int i = 0; i < 3; i++) {
        few.read(inTime());
      }
      int searches = splunk.searches();
      few.read(inTime());

      assertThat(splunk.searches()).isEqualTo(searches + 1);
    }
  }

  @Test
  void searchAheadThatIsOneTooMany_isDoneWhenItsTurnComesAndNoOtherIsAskedAhead() throws Exception {
    read(2);
    awaitAhead(WITH_ONE_AHEAD);
    splunk.fill();
    read(1);
    awaitAhead(WITH_ONE_AHEAD + 1);
    splunk.heal();
    read(1);
    int searches = splunk.searches();
    read(3);

    assertThat(splunk.searches()).isEqualTo(searches + 3);
    assertThat(rest()).isEqualTo(texts("line ", 0, LINES));
  }

  @Test
  void windowThatBecameTooFullMeanwhile_isCut() throws Exception {
    read(2);
    awaitAhead(WITH_ONE_AHEAD);
    send(read.size(), 300, "late ");
    List<String> all = rest();

    assertThat(all.stream().filter(text -> text.startsWith("line ")))
        .isEqualTo(texts("line ", 0, LINES));
    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void readerThatIsClosed_endsItsSearchAhead() throws Exception {
    read(2);
    awaitAhead(WITH_ONE_AHEAD);
    splunk.queue();
    read(1);
    await().atMost(TestBackends.CEILING).until(() -> splunk.running() == 1);
    reader.close();

    await().atMost(TestBackends.CEILING).until(() -> splunk.running() == 0);
  }

  /** Waits until so many searches have been asked for, exactly, and none runs any more. */
  private void awaitAhead(int searches) {
    await()
        .atMost(TestBackends.CEILING)
        .until(() -> splunk.searches() == searches && splunk.running() == 0);
  }

  private void read(int pages) throws InterruptedException {
    for (int i = 0; i < pages; i++) {
      LogPage page = reader.read(inTime());
      assertThat(page.last()).isFalse();
      page.entries().stream().map(LogEntry::text).forEach(read::add);
    }
  }

  private List<String> rest() throws InterruptedException {
    Reading.rest(reader).stream().map(LogEntry::text).forEach(read::add);
    return read;
  }

  /** Lines of these seconds. */
  private void send(int from, int count, String text) throws Exception {
    List<StoredLine> lines = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      lines.add(
          StoredLine.of(CONTAINER, START.plusSeconds(i).plusMillis(1), LogStream.STDOUT, text + i));
    }
    new Collector(splunk.uri(), Shape.SCK, "main").send(lines);
  }

  private static List<String> texts(String text, int from, int to) {
    List<String> texts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      texts.add(text + i);
    }
    return texts;
  }

  private static Deadline inTime() {
    return Deadline.after(TestBackends.CEILING);
  }
}
