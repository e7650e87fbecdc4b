// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.reader;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Prints the lines of a log for people: step in brackets, in a colour of its own if wanted. */
final class LinePrinter {

  /** Those that can be read on light and dark: cyan, magenta, yellow, green, blue, red. */
  private static final String[] COLOURS = {"36", "35", "33", "32", "34", "31"};

  private static final String DIM = "2";

  private final OutputStream out;
  private final LogRequest request;
  private final boolean coloured;
  private final Map<String, String> colours = new LinkedHashMap<>();

  LinePrinter(OutputStream out, LogRequest request, boolean coloured) {
    this.out = new BufferedOutputStream(out);
    this.request = request;
    this.coloured = coloured;
  }

  /**
   * Prints a line.
   *
   * @param json as which it came
   */
  void print(JsonNode line, String json) throws IOException {
    out.write((request.json() ? json + "\n" : text(line)).getBytes(StandardCharsets.UTF_8));
  }

  private String text(JsonNode line) {
    StringBuilder text = new StringBuilder();
    boolean event = line.path("type").asString("").equals("event");
    if (request.timestamps() || event) {
      text.append(paint(DIM, line.path("time").asString(""))).append(' ');
    }
    if (event) {
      text.append(paint(DIM, "[event]")).append(' ');
    } else if (request.prefix()) {
      String label = label(line);
      text.append(paint(colour(label), "[" + label + "]")).append(' ');
    }
    return text.append(line.path("text").asString("")).append('\n').toString();
  }

  void flush() throws IOException {
    out.flush();
  }

  private static String label(JsonNode line) {
    String step = line.path("step").asString("");
    String task = line.path("task").asString("");
    return task.isEmpty() ? step : task + " : " + step;
  }

  private String colour(String label) {
    return colours.computeIfAbsent(label, _ -> COLOURS[colours.size() % COLOURS.length]);
  }

  private String paint(String colour, String text) {
    return coloured ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }
}
