// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it gets. */
final class CollectingSink implements LogSink {

  final List<byte[]> chunks = new CopyOnWriteArrayList<>();

  @Override
  public void write(byte[] chunk) {
    chunks.add(chunk);
  }

  String text() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    chunks.forEach(all::writeBytes);
    return all.toString(StandardCharsets.UTF_8);
  }
}
