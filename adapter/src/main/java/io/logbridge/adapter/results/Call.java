// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import io.logbridge.adapter.auth.RequestHeaders;
import io.logbridge.backend.Deadline;

/**
 * What a call is besides its message, the same whichever way it came.
 *
 * @param headers of the HTTP request, or metadata of the gRPC call; with the caller's credentials
 */
public record Call(RequestHeaders headers, Deadline deadline) {}
