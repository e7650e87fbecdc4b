// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.Deadline;
import java.util.Locale;

/**
 * The gate as the Results API uses it: its resources, its verbs, and its refusals, which never say
 * whether the caller is unknown or not allowed. Safe for use by many threads.
 */
public final class ResultsAccess {

  private static final String GROUP = "results.tekton.dev";
  private static final String ALL_PARENTS = "-";

  private final AccessGate gate;

  public ResultsAccess(AccessGate gate) {
    this.gate = gate;
  }

  /** What the Results API has. */
  public enum Resource {
    RESULTS,
    RECORDS,
    LOGS
  }

  /** What can be done with it. The summary of a list needs {@code GET}. */
  public enum Verb {
    CREATE,
    GET,
    UPDATE,
    DELETE,
    LIST
  }

  /**
   * Lets a request pass, or refuses it.
   *
   * @param parent the namespace; {@code -} means all of them in a list, and itself elsewhere
   * @return who asks
   * @throws RequestException {@code UNAUTHENTICATED} if the request is refused, {@code UNAVAILABLE}
   *     or {@code DEADLINE_EXCEEDED} if that could not be found out
   */
  public Caller check(
      RequestHeaders headers, Verb verb, Resource resource, String parent, Deadline deadline) {
    String namespace = verb == Verb.LIST && parent.equals(ALL_PARENTS) ? "" : parent;
    Permission what = new Permission(GROUP, spelling(resource), "", spelling(verb), namespace, "");
    try {
      return gate.check(headers, what, deadline);
    } catch (RequestException e) {
      throw e.code() == Code.PERMISSION_DENIED ? refused(e) : e;
    }
  }

  /** Tekton Results has one status and one text for both, and its clients know no other. */
  private static RequestException refused(RequestException e) {
    return new RequestException(Code.UNAUTHENTICATED, "permission denied", e);
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
