// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A credential. Only {@link #reveal()} gives it away: it does not show in a log line, an error or a
 * debugger's {@code toString}.
 */
public final class Secret {

  private final Supplier<String> source;

  private Secret(Supplier<String> source) {
    this.source = source;
  }

  public static Secret of(String value) {
    return new Secret(() -> value);
  }

  /** A secret that is read from its file each time, since Kubernetes rotates mounted tokens. */
  public static Secret inFile(Path file) {
    return new Secret(() -> {
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    });
  }

  /**
   * The credential itself, as it is now.
   *
   * @throws UncheckedIOException if its file cannot be read; the message names the file
   */
  public String reveal() {
    return source.get();
  }

  @Override
  public String toString() {
    return "***";
  }
}
