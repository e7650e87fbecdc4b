// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogPage;
import io.logbridge.backend.LogReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of a line comes back as it was written. */
class TextContract extends BackendContract {

  private static final int KIB = 1024;

  TextContract(StartedFixture started) {
    super(started);
  }

  @ParameterizedTest
  @EnumSource
  void oddText_comesBackUnchanged(OddText odd) throws Exception {
    assumeTrue(fixture().holds(odd.text()), "the store cannot hold it");
    Lines lines = lines();
    List<StoredLine> stored = store(lines.with(List.of("before", odd.text(), "after")));

    LogAssert.assertExactly(
        Reading.all(backend(PageSettings.of(2)), all(lines.container())), stored);
  }

  @Test
  void blankLines_areKept() throws Exception {
    Lines lines = lines();
    assumeTrue(fixture().holds(""), "the store cannot hold blank lines");
    List<StoredLine> stored = store(lines.with(30, i -> i % 3 == 0 ? "text" : ""));

    LogAssert.assertExactly(
        Reading.all(backend(PageSettings.of(4)), all(lines.container())), stored);
  }

  @Test
  void everyCharacter_comesBackUnchanged() throws Exception {
    Lines lines = lines();
    List<StoredLine> stored =
        lines.with(allCharacters().stream().filter(fixture()::holds).toList());
    store(stored);

    LogAssert.assertExactly(
        Reading.all(backend(PageSettings.of(300)), all(lines.container())), stored);
  }

  /** 257 is beyond what dynamic mappings index, 32,767 beyond what Lucene can. */
  @ParameterizedTest
  @ValueSource(ints = {257, 8_192, 16_384, 32_767, 262_144, 1_048_576})
  void longLine_comesBackUnchanged(int length) throws Exception {
    String text = "0123456789abcdef".repeat(length / 16 + 1).substring(0, length);
    assumeTrue(fixture().holds(text), "the store cannot hold a line so long");
    Lines lines = lines();
    List<StoredLine> stored = store(lines.with(List.of("before", text, "after")));

    LogAssert.assertExactly(
        Reading.all(backend(PageSettings.of(100)), all(lines.container())), stored);
  }

  @Test
  void manyLongLines_areReadInPagesOfBoundedSize() throws Exception {
    int length = 64 * KIB;
    int maxBytes = 4 * KIB * KIB;
    Lines lines = lines();
    List<StoredLine> stored = lines.with(600, i -> (i + ":").repeat(length).substring(0, length));
    assumeTrue(fixture().holds(stored.getLast().text()), "the store cannot hold a line so long");
    store(stored);
    LogBackend backend = backend(new PageSettings(500, 10_000, maxBytes));
    try (LogReader reader = backend.open(all(lines.container()))) {
      List<LogEntry> read = new ArrayList<>();
      for (LogPage page : Reading.pages(reader)) {
        assertThat(bytes(page)).as("bytes of a page").isLessThanOrEqualTo(maxBytes + length);
        read.addAll(page.entries());
      }
      LogAssert.assertExactly(read, stored);
    }
  }

  private static long bytes(LogPage page) {
    return page.entries().stream()
        .mapToLong(entry -> entry.text().getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }

  /** All of Unicode but the newline and the surrogates, a thousand to a line. */
  private static List<String> allCharacters() {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      boolean surrogate =
          character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
      if (character != '\n' && !surrogate) {
        text.appendCodePoint(character);
      }
      if (character % 1000 == 999 || character == Character.MAX_CODE_POINT) {
        texts.add(text.toString());
        text.setLength(0);
      }
    }
    texts.removeIf(String::isEmpty);
    return texts;
  }
}
