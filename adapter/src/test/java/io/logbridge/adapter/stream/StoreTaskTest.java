// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.Deadline;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import org.junit.jupiter.api.Test;

class StoreTaskTest {

  @Test
  void whatAnotherThreadDoes_isAPartOfTheTraceOfThisOne() {
    ContextKey<String> key = ContextKey.named("trace");
    try (Scope _ = Context.current().with(key, "of this call").makeCurrent()) {
      String there =
          StoreTask.run("task", () -> Context.current().get(key), new CallScope(Deadline.never()));

      assertThat(there).isEqualTo("of this call");
    }
  }
}
