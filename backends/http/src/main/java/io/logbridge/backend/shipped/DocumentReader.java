// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.shipped;

import io.logbridge.backend.LogStream;
import io.logbridge.backend.shipped.SourceFields.Node;
import io.logbridge.backend.shipped.SourceFields.Slot;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Picks our fields out of a document's source. One is used for all documents of an answer, one
 * after the other.
 */
public final class DocumentReader {

  private final Node root;
  private final boolean newlineEndsLine;
  private final Map<FieldRole, String> expected = new EnumMap<>(FieldRole.class);
  private final Set<FieldRole> contradicted = EnumSet.noneOf(FieldRole.class);
  private final Set<FieldRole> present = EnumSet.noneOf(FieldRole.class);

  private @Nullable String text;
  private int textRank;
  private boolean textEmpty;
  private boolean newline;
  private long nanos;
  private int timeRank;
  private LogStream stream = LogStream.UNKNOWN;
  private boolean partial;
  private boolean partialLast;
  private @Nullable Long sequence;
  private @Nullable Long offset;
  private @Nullable String file;

  /**
   * Makes a reader.
   *
   * @param newlineEndsLine whether a message without a newline at its end goes on in the next
   *     document
   * @param expected what a document of the container has in the fields of a role, if documents of
   *     others may be read too
   */
  public DocumentReader(
      SourceFields fields, boolean newlineEndsLine, Map<FieldRole, String> expected) {
    this.root = fields.root();
    this.newlineEndsLine = newlineEndsLine;
    this.expected.putAll(expected);
  }

  /** Reads the object that the parser stands at, and forgets the one before. */
  public void read(JsonParser parser) {
    clear();
    Json.expect(parser, JsonToken.START_OBJECT);
    object(parser, root);
  }

  /** Makes it as if an empty document had been read. */
  public void clear() {
    contradicted.clear();
    present.clear();
    text = null;
    textRank = Integer.MAX_VALUE;
    textEmpty = false;
    newline = false;
    nanos = TimeText.UNREADABLE;
    timeRank = Integer.MAX_VALUE;
    stream = LogStream.UNKNOWN;
    partial = false;
    partialLast = false;
    sequence = null;
    offset = null;
    file = null;
  }

  /**
   * Whether it is the container's, and not only found by a search for its words. One that says two
   * things is nobody's.
   */
  public boolean isOfContainer() {
    return saysWhose() && contradicted.isEmpty();
  }

  /** Whether it has all that tells a container from others. */
  boolean saysWhose() {
    for (FieldRole role : expected.keySet()) {
      if (role != FieldRole.POD_UID && !present.contains(role)) {
        return false;
      }
    }
    return true;
  }

  /** The message without its last newline; {@code null} if the document has none. */
  public @Nullable String text() {
    return text;
  }

  /** When it was written, in nanoseconds since 1970, or {@link TimeText#UNREADABLE}. */
  public long nanos() {
    return nanos;
  }

  public LogStream stream() {
    return stream;
  }

  public boolean partial() {
    return (partial && !partialLast) || (newlineEndsLine && !newline);
  }

  public @Nullable TieKey tie() {
    if (sequence != null) {
      return new TieKey("", sequence);
    }
    return offset == null ? null : new TieKey(file == null ? "" : file, offset);
  }

  /** Whether the document has a field with this role. */
  boolean has(FieldRole role) {
    return present.contains(role);
  }

  /** Takes a field of a document that is not JSON. */
  void field(String name, String value) {
    Node node = root.child(name);
    if (node != null) {
      char[] chars = value.toCharArray();
      node.slots().forEach(slot -> scalar(slot, chars, 0, chars.length));
    }
  }

  private void object(JsonParser parser, Node node) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      Node child = node.child(parser.currentName());
      JsonToken value = parser.nextToken();
      if (child == null) {
        parser.skipChildren();
      } else if (value == JsonToken.START_OBJECT && child.hasChildren()) {
        object(parser, child);
      } else {
        value(parser, child);
      }
    }
  }

  private void value(JsonParser parser, Node node) {
    JsonToken token = parser.currentToken();
    boolean scalar = token.isScalarValue();
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    for (Slot slot : node.slots()) {
      if (scalar) {
        scalar(parser, slot);
      } else if (slot.role() == FieldRole.MESSAGE && isBetter(slot.rank(), false)) {
        message(slot.rank(), Json.copy(parser), true);
        return;
      }
    }
    if (!scalar) {
      parser.skipChildren();
    }
  }

  private void scalar(JsonParser parser, Slot slot) {
    scalar(slot, parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
  }

  private void scalar(Slot slot, char[] chars, int start, int length) {
    present.add(slot.role());
    switch (slot.role()) {
      case MESSAGE -> message(slot.rank(), chars, start, length);
      case TIME -> time(slot.rank(), chars, start, length);
      case STREAM -> stream = LogStream.of(new String(chars, start, length));
      case PARTIAL -> partial |= isYes(new String(chars, start, length));
      case PARTIAL_LAST -> partialLast |= isYes(new String(chars, start, length));
      case SEQUENCE -> sequence = number(new String(chars, start, length));
      case OFFSET -> offset = number(new String(chars, start, length));
      case FILE -> file = new String(chars, start, length);
      case NAMESPACE, POD, POD_UID, CONTAINER ->
          compare(slot.role(), new String(chars, start, length));
      case TIMESTAMP -> {
        // Whoever sorts by it has it.
      }
    }
  }

  private void compare(FieldRole role, String value) {
    String wanted = expected.get(role);
    if (wanted != null && !wanted.equals(value)) {
      contradicted.add(role);
    }
  }

  private void message(int rank, char[] chars, int start, int length) {
    if (isBetter(rank, length == 0)) {
      boolean ended = length > 0 && chars[start + length - 1] == '\n';
      message(rank, new String(chars, start, ended ? length - 1 : length), ended);
    }
  }

  /** A field that is empty gives way to one that is not: some shippers parse a message away. */
  private boolean isBetter(int rank, boolean empty) {
    return text == null || (!empty && (textEmpty || rank < textRank));
  }

  private void message(int rank, String value, boolean ended) {
    text = value;
    textRank = rank;
    textEmpty = value.isEmpty() && !ended;
    newline = ended;
  }

  private void time(int rank, char[] chars, int start, int length) {
    if (rank < timeRank) {
      long read = TimeText.parse(chars, start, length);
      if (read != TimeText.UNREADABLE) {
        nanos = read;
        timeRank = rank;
      }
    }
  }

  private static boolean isYes(String value) {
    return value.equals("P") || value.equals("true");
  }

  private static @Nullable Long number(String value) {
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
