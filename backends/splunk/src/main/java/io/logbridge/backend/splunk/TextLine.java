// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.shipped.FieldRole;
import io.logbridge.backend.shipped.TieKey;
import io.logbridge.backend.shipped.TimeText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** An event that is the bare text of a line, with fields that were made when it was indexed. */
final class TextLine implements Line {

  private final List<String> streamFields;
  private final List<String> uidFields;
  private final @Nullable String uid;

  private final Repeated streams = new Repeated();
  private final Repeated uids = new Repeated();

  private String text = "";
  private LogStream stream = LogStream.UNKNOWN;
  private boolean ofAnotherPod;

  TextLine(EventFields fields, ContainerRef container) {
    this.streamFields = fields.get(FieldRole.STREAM);
    this.uidFields = fields.get(FieldRole.POD_UID);
    this.uid = container.podUid();
  }

  @Override
  public void clear() {
    text = "";
    stream = LogStream.UNKNOWN;
    ofAnotherPod = false;
  }

  @Override
  public void raw(JsonParser parser) {
    String raw = Values.first(parser);
    text = raw.endsWith("\n") ? raw.substring(0, raw.length() - 1) : raw;
  }

  @Override
  public void field(String name, JsonParser parser) {
    if (streamFields.contains(name)) {
      String value = streams.first(parser);
      stream = value.isEmpty() ? stream : LogStream.of(value);
    } else if (uidFields.contains(name) && uid != null) {
      String value = uids.first(parser);
      ofAnotherPod |= !value.isEmpty() && !value.equals(uid);
    } else {
      parser.skipChildren();
    }
  }

  @Override
  public boolean isOfContainer() {
    return !ofAnotherPod;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public LogStream stream() {
    return stream;
  }

  @Override
  public boolean partial() {
    return false;
  }

  @Override
  public long nanos() {
    return TimeText.UNREADABLE;
  }

  @Override
  public @Nullable TieKey tie() {
    return null;
  }
}
