// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.logbridge.backend.Deadline;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.shipped.FieldRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks how the indices map our fields, and remembers it for some minutes. Safe for use by many
 * threads; those that want to know the same at once each ask, so that none waits for another.
 */
final class FieldCapabilities {

  private static final Duration KEEP = Duration.ofMinutes(5);
  private static final int MAX_ENTRIES = 10_000;
  private static final Set<FieldRole> QUERIED =
      EnumSet.of(
          FieldRole.TIMESTAMP,
          FieldRole.NAMESPACE,
          FieldRole.POD,
          FieldRole.POD_UID,
          FieldRole.CONTAINER);

  private final StoreClient client;
  private final FieldMapping mapping;
  private final Cache<String, FieldPlan> plans =
      Caffeine.newBuilder().expireAfterWrite(KEEP).maximumSize(MAX_ENTRIES).build();

  FieldCapabilities(StoreClient client, FieldMapping mapping) {
    this.client = client;
    this.mapping = mapping;
  }

  /**
   * Which fields to query by, and how.
   *
   * @throws LogBackendException if the indices cannot be asked, do not exist, or lack a field
   */
  FieldPlan plan(IndexTarget target, Deadline deadline) throws InterruptedException {
    FieldPlan known = plans.getIfPresent(target.expression());
    if (known != null) {
      return known;
    }
    FieldPlan plan = freshPlan(target, deadline);
    plans.put(target.expression(), plan);
    return plan;
  }

  /** The same, asked anew. */
  FieldPlan freshPlan(IndexTarget target, Deadline deadline) throws InterruptedException {
    try {
      return FieldPlan.of(mapping, ask(target, deadline), target.expression());
    } catch (ElasticsearchFailure e) {
      throw e.toLogBackendException();
    }
  }

  /**
   * Asks without skipping indices that are missing or closed: of a list of dated names the missing
   * ones are dropped here one by one, while a closed one, which would be skipped in silence, fails.
   */
  private Map<String, FieldTypes> ask(IndexTarget target, Deadline deadline)
      throws ElasticsearchFailure, InterruptedException {
    IndexTarget rest = target;
    while (!rest.names().isEmpty()) {
      try {
        FieldCapabilitiesParser.Answer answer =
            client.call(request(rest), deadline, FieldCapabilitiesParser::parse);
        if (answer.indices() == 0) {
          break;
        }
        return answer.types();
      } catch (ElasticsearchFailure e) {
        if (e.kind() != ElasticsearchFailure.Kind.INDEX_MISSING) {
          throw e;
        }
        if (!rest.mayBeMissing(e.detail())) {
          break;
        }
        rest = rest.without(e.detail());
      }
    }
    throw noIndex(target);
  }

  /** What to throw when the store has no index for the log. */
  static ElasticsearchFailure noIndex(IndexTarget target) {
    return ElasticsearchFailure.other(
        Reason.NOT_FOUND,
        "Elasticsearch has no index "
            + target.expression()
            + " (expected: at least one; the log may be older than its retention)");
  }

  private StoreRequest request(IndexTarget target) {
    List<String> fields = new ArrayList<>();
    for (FieldRole role : QUERIED) {
      for (String name : mapping.get(role)) {
        fields.add(name);
        fields.add(name + FieldPlan.KEYWORD_SUFFIX);
      }
    }
    Map<String, String> parameters =
        Map.of(
            "fields",
            String.join(",", fields),
            "include_unmapped",
            "true",
            "filter_path",
            "indices,fields.*.*.indices,fields.*.*.type,error,status");
    return new StoreRequest(
        "field query of " + target.expression(),
        "GET",
        "/" + Paths.encode(target.expression()) + "/_field_caps",
        parameters,
        null);
  }
}
