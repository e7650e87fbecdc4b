// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.testkit;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** All fixtures on the class path, shared by all contracts and closed after the last of them. */
final class FixtureSource implements ArgumentsProvider {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(FixtureSource.class);

  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Fixtures.class, _ -> Fixtures.load(), Fixtures.class)
        .all()
        .stream()
        .map(Arguments::of);
  }

  private record Fixtures(List<StartedFixture> all) implements AutoCloseable {

    static Fixtures load() {
      List<StartedFixture> all =
          ServiceLoader.load(LogBackendFixtureProvider.class).stream()
              .flatMap(provider -> provider.get().fixtures())
              .map(StartedFixture::new)
              .toList();
      if (all.isEmpty()) {
        throw new IllegalStateException(
            "no fixture found (expected: one at least, from a "
                + LogBackendFixtureProvider.class.getName()
                + " in META-INF/services)");
      }
      return new Fixtures(all);
    }

    @Override
    public void close() throws Exception {
      for (StartedFixture fixture : all) {
        fixture.close();
      }
    }
  }
}
