// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has not the expected form is given as it is stored, in its place, and counted. */
class OddityContract extends BackendContract {

  private static final int LINES = 10;
  private static final int ODD = 4;

  private Lines lines;
  private final List<String> expected = new ArrayList<>();

  OddityContract(StartedFixture started) {
    super(started);
  }

  @BeforeEach
  void storeLines() throws Exception {
    lines = lines().every(Duration.ofSeconds(1)); // an oddity may have the time of the store only
    List<StoredLine> stored = new ArrayList<>(lines.numbered(LINES));
    stored.remove(ODD);
    store(stored).forEach(line -> expected.add(line.text()));
  }

  @Test
  void anOddity_isALineAsItIsStored_andIsCounted() throws Exception {
    storeTheOddity();

    assertRead(LogQuery.forward(lines.container(), allTime()), expected, 1);
    assertRead(LogQuery.backward(lines.container(), allTime(), LINES), expected.reversed(), 1);
  }

  @Test
  void aLogInItsForm_hasNothingToCount() throws Exception {
    assertRead(all(lines.container()), expected, 0);
  }

  private void storeTheOddity() throws Exception {
    Optional<String> oddity = fixture().ingestOddity(lines.container(), lines.time(ODD));
    assumeTrue(oddity.isPresent(), "whatever is stored is a line");
    expected.add(ODD, oddity.get());
  }

  private void assertRead(LogQuery query, List<String> texts, long undecoded) throws Exception {
    try (LogReader reader = backend(PageSettings.of(3)).open(query)) {
      assertThat(Reading.rest(reader)).extracting(LogEntry::text).isEqualTo(texts);
      assertThat(reader.undecoded()).isEqualTo(undecoded);
    }
  }
}
