// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.filter;

import java.util.function.UnaryOperator;

/** Gives names to values that a piece of SQL needs more than once. Not safe for several threads. */
final class Names {

  private int last;

  String next() {
    return "f" + ++last;
  }

  /**
   * SQL in which a value is named, so that it is worked out once, and so that it never is a
   * constant: PostgreSQL works constants out when it plans, also on branches that are never taken,
   * and an error there would end the statement. {@code OFFSET 0} keeps it from undoing that.
   */
  Sql let(Sql value, UnaryOperator<Sql> body) {
    String name = next();
    Sql result = body.apply(Sql.of(name + ".v"));
    return Sql.format("(SELECT % FROM (SELECT % AS v OFFSET 0) AS " + name + ")", result, value);
  }

  /** The same with two values. */
  Sql let(Sql first, Sql second, java.util.function.BinaryOperator<Sql> body) {
    return let(first, a -> let(second, b -> body.apply(a, b)));
  }
}
