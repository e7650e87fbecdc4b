// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import java.util.Map;
import java.util.Set;

/**
 * How one field is mapped in the indices of a query.
 *
 * @param indicesByType the types that it has somewhere, with the indices where it has them; an
 *     empty set of indices means all of them
 */
record FieldTypes(Map<String, Set<String>> indicesByType) {

  /** The type that Elasticsearch reports for indices that do not map the field. */
  static final String UNMAPPED = "unmapped";

  static final FieldTypes NONE = new FieldTypes(Map.of());

  boolean isMapped() {
    return indicesByType.keySet().stream().anyMatch(type -> !type.equals(UNMAPPED));
  }

  /** Whether it is mapped somewhere, and only with types of this set. */
  boolean isOnly(Set<String> types) {
    return isMapped()
        && indicesByType.keySet().stream()
            .allMatch(type -> type.equals(UNMAPPED) || types.contains(type));
  }

  /** The indices that do not map it. */
  Set<String> unmappedIn() {
    return indicesByType.getOrDefault(UNMAPPED, Set.of());
  }

  /** The types, for a message. */
  String describe() {
    return String.join(" and ", indicesByType.keySet().stream().sorted().toList());
  }
}
