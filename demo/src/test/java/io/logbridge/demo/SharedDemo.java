// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One demo for all tests that do not break it; a parameter of their constructors. */
final class SharedDemo implements ParameterResolver {

  /** Enough for several pages and a day's end in the middle. */
  static final int LINES = 60_000;

  /** Closed by JUnit after the last test. */
  private record Running(DemoEnvironment demo) implements AutoCloseable {

    static Running start() {
      try {
        DemoOptions options = new DemoOptions(Backend.ELASTICSEARCH, 0, LINES);
        return new Running(DemoEnvironment.start(options, new Progress(_ -> {})));
      } catch (IOException e) {
        throw new AssertionError("the demo does not start", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while the demo was starting", e);
      }
    }

    @Override
    public void close() {
      demo.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == DemoEnvironment.class;
  }

  @Override
  public DemoEnvironment resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedDemo.class))
        .computeIfAbsent(Running.class, _ -> Running.start(), Running.class)
        .demo();
  }
}
