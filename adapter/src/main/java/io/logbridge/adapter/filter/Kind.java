// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

/** What a value is in CEL, and in which SQL type it is held. An error of CEL is NULL in SQL. */
enum Kind {
  /** {@code boolean}. */
  BOOL,
  /** {@code bigint}. */
  INT,
  /** {@code numeric} from 0 to 2^64 - 1. */
  UINT,
  /** {@code double precision}, never infinite. */
  DOUBLE,
  /** {@code text}. */
  STRING,
  /** {@code timestamptz}. */
  TIMESTAMP,
  /** {@code numeric}: seconds. An interval of PostgreSQL has days and months, a duration not. */
  DURATION,
  /** The literal. */
  NULL,
  /** {@code text}: the name of the type. */
  TYPE,
  /** {@code jsonb}, an array. */
  LIST,
  /** {@code jsonb}, an object. */
  MAP,
  /** {@code jsonb}: what it is shows in each row only. */
  JSON;

  boolean isJson() {
    return this == LIST || this == MAP || this == JSON;
  }

  boolean isNumber() {
    return this == INT || this == UINT || this == DOUBLE;
  }
}
