// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.elasticsearch.SourceFields.Node;
import io.logbridge.backend.elasticsearch.SourceFields.Slot;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;

/**
 * Picks our fields out of a document's source. One is used for all documents of an answer, one
 * after the other.
 */
final class DocumentReader {

  private final Node root;
  private final boolean newlineEndsLine;
  private final Map<FieldRole, String> expected = new EnumMap<>(FieldRole.class);
  private final Set<FieldRole> matched = EnumSet.noneOf(FieldRole.class);
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

  DocumentReader(FieldMapping mapping, FieldPlan plan, ContainerRef container) {
    this.root = SourceFields.of(mapping, plan).root();
    this.newlineEndsLine = mapping.newlineEndsLine();
    expect(plan, FieldRole.NAMESPACE, container.namespace());
    expect(plan, FieldRole.POD, container.pod());
    expect(plan, FieldRole.POD_UID, container.podUid());
    expect(plan, FieldRole.CONTAINER, container.container());
  }

  private void expect(FieldPlan plan, FieldRole role, @Nullable String value) {
    if (value != null && plan.isInexact(role)) {
      expected.put(role, value);
    }
  }

  /** Reads the object that the parser stands at, and forgets the one before. */
  void read(JsonParser parser) {
    clear();
    Json.expect(parser, JsonToken.START_OBJECT);
    object(parser, root);
  }

  /** Makes it as if an empty document had been read. */
  void clear() {
    matched.clear();
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

  /** Whether it is the container's, and not only found by a search for its words. */
  boolean isOfContainer() {
    for (FieldRole role : expected.keySet()) {
      boolean mayLack = role == FieldRole.POD_UID && !present.contains(role);
      if (!mayLack && !matched.contains(role)) {
        return false;
      }
    }
    return true;
  }

  /** The message without its last newline; {@code null} if the document has none. */
  @Nullable String text() {
    return text;
  }

  /** When it was written, in nanoseconds since 1970, or {@link TimeText#UNREADABLE}. */
  long nanos() {
    return nanos;
  }

  LogStream stream() {
    return stream;
  }

  boolean partial() {
    return (partial && !partialLast) || (newlineEndsLine && !newline);
  }

  @Nullable TieKey tie() {
    if (sequence != null) {
      return new TieKey("", sequence);
    }
    return offset == null ? null : new TieKey(file == null ? "" : file, offset);
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
        message(slot.rank(), copy(parser), true);
        return;
      }
    }
    if (!scalar) {
      parser.skipChildren();
    }
  }

  private void scalar(JsonParser parser, Slot slot) {
    switch (slot.role()) {
      case MESSAGE -> message(parser, slot.rank());
      case TIME -> time(parser, slot.rank());
      case STREAM -> stream = LogStream.of(parser.getString());
      case PARTIAL -> partial |= isYes(parser);
      case PARTIAL_LAST -> partialLast |= isYes(parser);
      case SEQUENCE -> sequence = number(parser);
      case OFFSET -> offset = number(parser);
      case FILE -> file = parser.getString();
      case NAMESPACE, POD, POD_UID, CONTAINER -> compare(parser, slot.role());
      case TIMESTAMP -> {
        // The sort values have it.
      }
    }
  }

  private void compare(JsonParser parser, FieldRole role) {
    present.add(role);
    if (parser.getString().equals(expected.get(role))) {
      matched.add(role);
    }
  }

  private void message(JsonParser parser, int rank) {
    char[] chars = parser.getStringCharacters();
    int start = parser.getStringOffset();
    int length = parser.getStringLength();
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

  private void time(JsonParser parser, int rank) {
    if (rank < timeRank) {
      long read =
          TimeText.parse(
              parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
      if (read != TimeText.UNREADABLE) {
        nanos = read;
        timeRank = rank;
      }
    }
  }

  private static boolean isYes(JsonParser parser) {
    String value = parser.getString();
    return value.equals("P") || value.equals("true");
  }

  private static @Nullable Long number(JsonParser parser) {
    try {
      return Long.valueOf(parser.getString());
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /** An object or array as compact JSON. */
  private static String copy(JsonParser parser) {
    StringWriter writer = new StringWriter();
    try (JsonGenerator generator =
        Json.FACTORY.createGenerator(ObjectWriteContext.empty(), writer)) {
      generator.copyCurrentStructure(parser);
    }
    return writer.toString();
  }
}
