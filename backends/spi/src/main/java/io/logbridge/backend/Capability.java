// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

/** What some stores can do and others cannot. The contract suite tests what is declared. */
public enum Capability {
  /** Lines with equal timestamps come back in the order in which the store received them. */
  STABLE_TIES,
  /** Lines that are equal in everything, timestamp included, are kept apart. */
  EXACT_DUPLICATES,
  /** The store tells when the oldest line was written that it has. */
  OLDEST_LINE,
}
