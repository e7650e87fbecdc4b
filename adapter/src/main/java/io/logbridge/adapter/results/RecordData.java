// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import com.google.protobuf.ByteString;
import io.logbridge.adapter.record.RecordStore.Content;
import io.logbridge.proto.v1alpha2.Any;
import io.logbridge.proto.v1alpha2.Record;
import java.nio.charset.StandardCharsets;

/** Checks the data of records before it is stored. */
final class RecordData {

  /** Of the columns; in Tekton Results' words characters. */
  private static final int MAX_TYPE_BYTES = 768;

  private final LogDocuments logs;

  RecordData(LogDocuments logs) {
    this.logs = logs;
  }

  /**
   * What a new record stores.
   *
   * @throws io.logbridge.adapter.error.RequestException if the data is not JSON, or not what its
   *     type says
   */
  Content content(Record record) {
    if (!record.hasData()) {
      return new Content("", null);
    }
    Any data = record.getData();
    return checked(data.getType(), data.getValue());
  }

  /**
   * What a record stores after an update: type and value of the data replace those that are there,
   * each if it is given.
   *
   * @throws io.logbridge.adapter.error.RequestException if the data is not JSON, or not what its
   *     type says
   */
  Content merged(Content old, Record record) {
    if (!record.hasData()) {
      return old;
    }
    Any data = record.getData();
    String type = data.getType().isEmpty() ? old.type() : data.getType();
    ByteString value = data.getValue();
    if (value.isEmpty() && old.json() != null) {
      value = ByteString.copyFromUtf8(old.json());
    }
    return checked(type, value);
  }

  private Content checked(String type, ByteString value) {
    Refusals.wrapped(() -> unlessShort(type));
    if (!value.isValidUtf8()) {
      throw Refusals.invalid("data.value: not UTF-8 (expected: JSON)");
    }
    JsonSyntax.check(value);
    return new Content(type, logs.checked(type, value.toStringUtf8()));
  }

  /** The type, if its column can hold it. */
  static String unlessShort(String type) {
    if (type.getBytes(StandardCharsets.UTF_8).length > MAX_TYPE_BYTES) {
      throw Refusals.invalid("type must not exceed 768 characters");
    }
    return type;
  }
}
