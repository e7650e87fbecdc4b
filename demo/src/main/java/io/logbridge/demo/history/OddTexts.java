// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import java.util.ArrayList;
import java.util.List;

/** Lines that are hard to get through unharmed. */
final class OddTexts {

  private static final String RESET = "\u001b[0m";

  private OddTexts() {}

  static List<String> install() {
    List<String> lines = new ArrayList<>();
    lines.add("\u001b[1m$ npm ci" + RESET);
    lines.add("");
    for (int i = 1; i <= 20; i++) {
      lines.add("\r\u001b[K\u001b[32m" + "#".repeat(i) + RESET + " " + i * 5 + "%");
    }
    lines.add("");
    lines.add("");
    lines.add("added 1281 packages in 24s");
    lines.add("warning: 3 packages are looking for funding 🙏");
    lines.add("  indented, and blanks at the end   ");
    lines.add("\ttabs\tand\tmore\ttabs\t");
    return lines;
  }

  static List<String> bundle() {
    List<String> lines = new ArrayList<>();
    lines.add("✨ bundling 📦 shop-web, naïve Zürich façade, 日本語, עברית, 👩‍👩‍👧‍👦");
    lines.add("{\"level\":\"info\",\"msg\":\"quotes \\\" and backslashes \\\\ in JSON\"}");
    lines.add("a field=\"value\" | pipe && ampersand < > ' ` ${NOT_EXPANDED} %s %n");
    // As long as a minified script: the runtime splits it into 16 KiB pieces.
    lines.add("/*! vendor.min.js */" + "!function(e,t){return e+t}(1,2);".repeat(1200));
    lines.add("after the long line");
    // Characters of four bytes, so that a piece of 16 KiB has no character's end where it is cut.
    lines.add("x" + "🚀".repeat(12_000));
    // Exactly one piece, and one byte more.
    lines.add("e".repeat(16 * 1024));
    lines.add("f".repeat(16 * 1024 + 1));
    for (int i = 0; i < 400; i++) {
      lines.add(
          i % 7 == 0
              ? ""
              : "dist/chunk-" + Integer.toHexString(Mix.of(i, 1 << 20)) + ".js " + i + " kB");
    }
    lines.add("");
    lines.add("\u001b[32m✔" + RESET + " done");
    lines.add("");
    return lines;
  }
}
