// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.shipped.DocumentReader;
import io.logbridge.backend.shipped.FieldRole;
import io.logbridge.backend.shipped.SourceFields;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is read from the documents that a search finds. */
final class Documents {

  /** Not read from the document: the sort values have it. */
  private static final Set<FieldRole> QUERY_ONLY =
      EnumSet.of(
          FieldRole.TIMESTAMP,
          FieldRole.NAMESPACE,
          FieldRole.POD,
          FieldRole.POD_UID,
          FieldRole.CONTAINER);

  private Documents() {}

  /**
   * The fields that entries are made of, and those that hits of an inexact search are compared by.
   */
  static SourceFields fields(FieldMapping mapping, FieldPlan plan) {
    Map<FieldRole, List<String>> names = new EnumMap<>(FieldRole.class);
    for (FieldRole role : FieldRole.values()) {
      if (!QUERY_ONLY.contains(role) || plan.isInexact(role)) {
        names.put(role, mapping.get(role));
      }
    }
    return SourceFields.of(names);
  }

  /** A reader of them that knows the container's from those found only by a search for words. */
  static DocumentReader reader(FieldMapping mapping, FieldPlan plan, ContainerRef container) {
    Map<FieldRole, String> expected = new EnumMap<>(FieldRole.class);
    expect(expected, plan, FieldRole.NAMESPACE, container.namespace());
    expect(expected, plan, FieldRole.POD, container.pod());
    expect(expected, plan, FieldRole.POD_UID, container.podUid());
    expect(expected, plan, FieldRole.CONTAINER, container.container());
    return new DocumentReader(fields(mapping, plan), mapping.newlineEndsLine(), expected);
  }

  private static void expect(
      Map<FieldRole, String> expected, FieldPlan plan, FieldRole role, @Nullable String value) {
    if (value != null && plan.isInexact(role)) {
      expected.put(role, value);
    }
  }
}
