// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import io.logbridge.adapter.auth.RequestHeaders;
import io.logbridge.adapter.fieldmask.FieldMask;
import io.logbridge.backend.Deadline;
import java.util.List;

/**
 * What a call is besides its message, the same whichever way it came.
 *
 * @param headers of the HTTP request, or metadata of the gRPC call; with the caller's credentials
 * @param fields masks of what the client wants of the answer; none for all of it
 */
public record Call(RequestHeaders headers, Deadline deadline, List<String> fields) {

  /** A call whose headers say which fields are wanted. */
  public Call(RequestHeaders headers, Deadline deadline) {
    this(headers, deadline, headers.all("fields"));
  }

  /** Whether a field is wanted by its own name. */
  boolean names(String path) {
    return !fields.isEmpty() && FieldMask.parse(fields).names(path);
  }
}
