// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.http;

import io.logbridge.backend.LogBackendException;
import java.io.IOException;

/** Reads an answer on the thread that asked. */
@FunctionalInterface
public interface AnswerReader<T> {

  /**
   * Reads an answer of any status. An answer that is read to its end leaves the connection to the
   * next request; one that is not closes it.
   *
   * @throws IOException if the body cannot be read or is not what it should be; also {@link
   *     tools.jackson.core.JacksonException}
   * @throws LogBackendException if the answer means a failure; {@link Refusals} knows the usual
   */
  T read(StoreAnswer answer) throws IOException;
}
