// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogQuery;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.testkit.StoredLine.Piece;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pieces of lines that the container runtime has cut are told from whole lines, in each form in
 * which a shipper stores them. Joining them is not the backend's business.
 */
class PartialLineContract extends BackendContract {

  private static final int PIECE = 16 * 1024;

  PartialLineContract(StartedFixture started) {
    super(started);
  }

  @ParameterizedTest
  @EnumSource
  void piecesAreMarked_acrossPagesAndAmongWholeLines(PartialForm form) throws Exception {
    assumeSupported(form);
    Pieces pieces = new Pieces(form);
    pieces.line(LogStream.STDOUT, "whole");
    pieces.cut("a", LogStream.STDOUT, "first ", "second ", "third");
    pieces.line(LogStream.STDOUT, "");
    pieces.cut("b", LogStream.STDOUT, "x".repeat(PIECE), "y".repeat(PIECE), "z");
    pieces.cut("c", LogStream.STDERR, "one ", "two");
    pieces.line(LogStream.STDERR, "whole");

    assertRead(pieces);
  }

  @ParameterizedTest
  @EnumSource
  void streamsThatMix_keepTheirOwnMarks(PartialForm form) throws Exception {
    assumeSupported(form);
    Pieces pieces = new Pieces(form);
    pieces.piece(LogStream.STDOUT, "out 1 ", new Piece(form, "out", 1, false));
    pieces.piece(LogStream.STDERR, "err 1 ", new Piece(form, "err", 1, false));
    pieces.piece(LogStream.STDOUT, "out 2", new Piece(form, "out", 2, true));
    pieces.piece(LogStream.STDERR, "err 2", new Piece(form, "err", 2, true));
    pieces.line(LogStream.STDOUT, "whole");

    assertRead(pieces);
  }

  @ParameterizedTest
  @EnumSource
  void lineThatIsNeverEnded_staysPartial(PartialForm form) throws Exception {
    assumeSupported(form);
    Pieces pieces = new Pieces(form);
    pieces.line(LogStream.STDOUT, "whole");
    pieces.piece(LogStream.STDOUT, "no end", new Piece(form, "a", 1, false));

    assertRead(pieces);
  }

  @ParameterizedTest
  @EnumSource
  void lineOfTheLengthOfAPiece_endsWithAnEmptyOne(PartialForm form) throws Exception {
    assumeSupported(form);
    assumeTrue(fixture().holds(""), "the store cannot hold an empty piece");
    Pieces pieces = new Pieces(form);
    pieces.cut("a", LogStream.STDOUT, "x".repeat(PIECE), "");
    pieces.line(LogStream.STDOUT, "whole");

    assertRead(pieces);
  }

  private void assumeSupported(PartialForm form) {
    assumeTrue(fixture().partialForms().contains(form), "the shippers of this store do not use it");
  }

  private void assertRead(Pieces pieces) throws Exception {
    List<StoredLine> stored = store(pieces.stored);
    LogBackend backend = backend(PageSettings.of(2));

    LogAssert.assertExactly(Reading.all(backend, all(pieces.lines.container())), stored);
    LogAssert.assertExactly(
        Reading.all(backend, allBackward(pieces.lines.container(), LogQuery.ALL)),
        stored.reversed());
  }

  /** Writes lines and pieces one after the other. */
  private final class Pieces {

    private final PartialForm form;
    private final Lines lines = lines();
    private final List<StoredLine> stored = new ArrayList<>();

    Pieces(PartialForm form) {
      this.form = form;
    }

    void line(LogStream stream, String text) {
      if (fixture().holds(text)) {
        stored.add(StoredLine.of(lines.container(), lines.time(stored.size()), stream, text));
      }
    }

    void cut(String id, LogStream stream, String... texts) {
      for (int i = 0; i < texts.length; i++) {
        piece(stream, texts[i], new Piece(form, id, i + 1, i == texts.length - 1));
      }
    }

    void piece(LogStream stream, String text, Piece piece) {
      stored.add(new StoredLine(lines.container(), lines.time(stored.size()), stream, text, piece));
    }
  }
}
