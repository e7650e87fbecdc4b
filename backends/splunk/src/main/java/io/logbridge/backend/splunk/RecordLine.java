// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.shipped.DocumentReader;
import io.logbridge.backend.shipped.FieldRole;
import io.logbridge.backend.shipped.Json;
import io.logbridge.backend.shipped.SourceFields;
import io.logbridge.backend.shipped.TieKey;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * An event that is a record in JSON. One that cannot be read to its end, since Splunk has cut it
 * ({@code TRUNCATE}), or that has no message, is a line as it stands there. It too has to say whose
 * it is, before the cut: words alone could stand in any text of anybody.
 */
final class RecordLine implements Line {

  private final DocumentReader document;

  private boolean ofContainer;
  private String raw = "";

  RecordLine(EventFields fields, ContainerRef container) {
    Map<FieldRole, String> expected = new EnumMap<>(FieldRole.class);
    expected.put(FieldRole.NAMESPACE, container.namespace());
    expected.put(FieldRole.POD, container.pod());
    expected.put(FieldRole.CONTAINER, container.container());
    if (container.podUid() != null) {
      expected.put(FieldRole.POD_UID, container.podUid());
    }
    this.document =
        new DocumentReader(SourceFields.of(fields.names()), fields.newlineEndsLine(), expected);
  }

  @Override
  public void clear() {
    document.clear();
    ofContainer = false;
    raw = "";
  }

  @Override
  public void raw(JsonParser parser) {
    Json.expect(parser, JsonToken.VALUE_STRING);
    char[] chars = parser.getStringCharacters();
    int start = parser.getStringOffset();
    int length = parser.getStringLength();
    if (length == 0 || chars[start] != '{') {
      return;
    }
    read(chars, start, length);
    if (document.text() == null) {
      raw = new String(chars, start, length);
    }
  }

  private void read(char[] chars, int start, int length) {
    try (JsonParser parser =
        Json.FACTORY.createParser(ObjectReadContext.empty(), chars, start, length)) {
      parser.nextToken();
      document.read(parser);
      ofContainer = document.isOfContainer();
    } catch (JacksonException _) {
      ofContainer = document.isOfContainer();
      document.clear();
    }
  }

  @Override
  public void field(String name, JsonParser parser) {
    parser.skipChildren();
  }

  @Override
  public boolean isOfContainer() {
    return ofContainer;
  }

  @Override
  public String text() {
    String text = document.text();
    return text != null ? text : raw;
  }

  @Override
  public boolean decoded() {
    return document.text() != null;
  }

  @Override
  public LogStream stream() {
    return document.stream();
  }

  @Override
  public boolean partial() {
    return document.text() != null && document.partial();
  }

  @Override
  public long nanos() {
    return document.nanos();
  }

  @Override
  public @Nullable TieKey tie() {
    return document.tie();
  }
}
