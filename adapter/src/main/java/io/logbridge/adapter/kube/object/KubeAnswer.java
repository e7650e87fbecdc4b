// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import java.io.OutputStream;

/** The body of an answer, in JSON. What could be wrong with the request has been found by now. */
@FunctionalInterface
public interface KubeAnswer {

  /**
   * Writes all of it; a list as it is read, a page at a time. Once, on one thread; does not close
   * the stream.
   *
   * @throws io.logbridge.adapter.error.RequestException if the database fails meanwhile; what has
   *     been written is then not complete
   */
  void writeTo(OutputStream out);
}
