// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * Gets lines out of stored texts. A text that has not the form that is expected of it is a line as
 * it stands: nothing is ever dropped. Not safe for use by several threads.
 */
public final class LineDecoder {

  /** Fields that a shipper adds, and a program that logs in JSON does not. */
  private static final Set<FieldRole> OF_SHIPPERS =
      EnumSet.of(
          FieldRole.NAMESPACE,
          FieldRole.POD,
          FieldRole.POD_UID,
          FieldRole.CONTAINER,
          FieldRole.STREAM,
          FieldRole.PARTIAL,
          FieldRole.SEQUENCE);

  private final LineForm form;
  private final DocumentReader reader;
  private boolean decoded;

  /**
   * Makes a decoder.
   *
   * @param fields of documents and pairs: those of each role, the best first
   * @param newlineEndsLine whether a message without a newline at its end goes on in the next text
   */
  public LineDecoder(LineForm form, Map<FieldRole, List<String>> fields, boolean newlineEndsLine) {
    this(form, fields, newlineEndsLine, Map.of());
  }

  /**
   * Makes a decoder that knows the texts of one container from those of others.
   *
   * @param expected what a text of the container has in the fields of a role
   */
  public LineDecoder(
      LineForm form,
      Map<FieldRole, List<String>> fields,
      boolean newlineEndsLine,
      Map<FieldRole, String> expected) {
    this.form = form;
    this.reader = new DocumentReader(SourceFields.of(fields), newlineEndsLine, expected);
  }

  /** The line in a stored text. */
  public ShippedLine decode(String stored) {
    decoded =
        switch (form) {
          case RAW -> false;
          case JSON -> json(stored);
          case KEY_VALUE -> pairs(stored);
          case AUTO -> (json(stored) || pairs(stored)) && hasFieldOfShipper();
        };
    String text = reader.text();
    if (!decoded || text == null) {
      return ShippedLine.of(withoutNewline(stored), form == LineForm.RAW);
    }
    return new ShippedLine(
        text, reader.stream(), reader.nanos(), reader.partial(), reader.tie(), true);
  }

  /** Whether the text that was decoded last is the container's; true if it does not tell. */
  public boolean isOfContainer() {
    return !decoded || reader.isOfContainer();
  }

  private boolean json(String stored) {
    if (!stored.startsWith("{")) {
      return false;
    }
    try (JsonParser parser = Json.parser(stored)) {
      parser.nextToken();
      reader.read(parser);
      return parser.nextToken() == null && reader.text() != null;
    } catch (JacksonException _) {
      return false;
    }
  }

  private boolean pairs(String stored) {
    reader.clear();
    return KeyValueText.read(stored, reader::field) && reader.text() != null;
  }

  private boolean hasFieldOfShipper() {
    return OF_SHIPPERS.stream().anyMatch(reader::has);
  }

  private static String withoutNewline(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
