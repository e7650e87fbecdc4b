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
  private final boolean hasToSayWhose;
  private boolean read;
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
   * @param expected what a text of the container has in the fields of a role. The pod's uid may be
   *     missing; a text that does not say the others is nobody's
   */
  public LineDecoder(
      LineForm form,
      Map<FieldRole, List<String>> fields,
      boolean newlineEndsLine,
      Map<FieldRole, String> expected) {
    this.form = form;
    this.hasToSayWhose = expected.keySet().stream().anyMatch(role -> role != FieldRole.POD_UID);
    this.reader = new DocumentReader(SourceFields.of(fields), newlineEndsLine, expected);
  }

  /** The line in a stored text. */
  public ShippedLine decode(String stored) {
    read =
        switch (form) {
          case RAW -> false;
          case JSON -> json(stored);
          case KEY_VALUE -> pairs(stored);
          case AUTO -> json(stored) || pairs(stored);
        };
    String text = reader.text();
    decoded = read && text != null && (form != LineForm.AUTO || hasFieldOfShipper());
    if (!decoded || text == null) {
      return ShippedLine.of(withoutNewline(stored), form == LineForm.RAW);
    }
    return new ShippedLine(
        text, reader.stream(), reader.nanos(), reader.partial(), reader.tie(), true);
  }

  /**
   * Whether the text that was decoded last is the container's. One that has no form is, unless
   * texts have to say whose they are.
   */
  public boolean isOfContainer() {
    return hasToSayWhose ? read && reader.isOfContainer() : !decoded || reader.isOfContainer();
  }

  /** Whether the text that was decoded last has to say whose it is, and does not. */
  public boolean isAnybodys() {
    return hasToSayWhose && !(read && reader.saysWhose());
  }

  private boolean json(String stored) {
    if (!stored.startsWith("{")) {
      return false;
    }
    try (JsonParser parser = Json.parser(stored)) {
      parser.nextToken();
      reader.read(parser);
      return parser.nextToken() == null;
    } catch (JacksonException _) {
      return false;
    }
  }

  private boolean pairs(String stored) {
    reader.clear();
    return KeyValueText.read(stored, reader::field);
  }

  private boolean hasFieldOfShipper() {
    return OF_SHIPPERS.stream().anyMatch(reader::has);
  }

  private static String withoutNewline(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
