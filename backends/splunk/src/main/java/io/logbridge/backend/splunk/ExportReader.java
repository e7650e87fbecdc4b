// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.http.StoreAnswer;
import io.logbridge.backend.shipped.Json;
import java.io.IOException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the answer of an export: one object per line, each with a result or with messages. A result
 * counts as whole only if its last row says that it is the last.
 */
final class ExportReader {

  private final String asked;
  private final RowReader<?> rows;
  private boolean more = true;
  private boolean complete;
  private boolean preview;

  private ExportReader(String asked, RowReader<?> rows) {
    this.asked = asked;
    this.rows = rows;
  }

  /**
   * Reads to the end, or until the reader of rows has enough.
   *
   * @throws IOException if the answer is not an export's, or ends early
   * @throws io.logbridge.backend.LogBackendException if a message says that the result is not whole
   */
  static <T> T read(StoreAnswer answer, RowReader<T> rows) throws IOException {
    ExportReader reader = new ExportReader(answer.asked(), rows);
    try (JsonParser parser = Json.parser(answer.body())) {
      reader.lines(parser);
    }
    return rows.result();
  }

  private void lines(JsonParser parser) throws IOException {
    while (more && parser.nextToken() != null) {
      Json.expect(parser, JsonToken.START_OBJECT);
      line(parser);
    }
    if (more && !complete) {
      throw new IOException("the last row is missing");
    }
  }

  private void line(JsonParser parser) {
    preview = false;
    boolean last = false;
    boolean ofMessages = false;
    while (more && parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "preview" -> preview = parser.getBooleanValue();
        case "lastrow" -> last = parser.getBooleanValue();
        case "result" -> result(parser);
        case "messages" -> {
          ofMessages = true;
          messages(parser);
        }
        default -> parser.skipChildren();
      }
    }
    if (!preview && (last || !ofMessages)) {
      complete = last;
    }
  }

  private void result(JsonParser parser) {
    Json.expect(parser, JsonToken.START_OBJECT);
    if (preview) {
      parser.skipChildren();
    } else {
      more = rows.row(parser);
    }
  }

  private void messages(JsonParser parser) {
    Json.expect(parser, JsonToken.START_ARRAY);
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      String type = "";
      String text = "";
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "type" -> type = Values.first(parser);
          case "text" -> text = Values.first(parser);
          default -> parser.skipChildren();
        }
      }
      Messages.require(asked, type, text);
    }
  }
}
