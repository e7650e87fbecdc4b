// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.Settings;
import java.util.List;

/**
 * The names of the indices that have logs; {@code {namespace}} in a name stands for the namespace.
 */
record IndexTemplate(List<String> names) {

  private static final String NAMESPACE = "{namespace}";

  private static final String EXPECTED =
      "the indices of the logs, for example main, kubernetes_* or ci-{namespace}";

  IndexTemplate {
    names = List.copyOf(names);
  }

  static IndexTemplate from(Settings settings) {
    List<String> names = settings.list("index").stream().filter(name -> !name.isEmpty()).toList();
    if (names.isEmpty()) {
      throw settings.missing("index", EXPECTED);
    }
    for (String name : names) {
      if (!Spl.isIndex(name.replace(NAMESPACE, "n"))) {
        throw settings.invalid("index", name, EXPECTED);
      }
    }
    return new IndexTemplate(names);
  }

  /** Where the logs of this container are. */
  List<String> of(ContainerRef container) {
    return names.stream().map(name -> name.replace(NAMESPACE, container.namespace())).toList();
  }

  /** Where the logs of any container are. */
  List<String> ofAny() {
    return names.stream().map(name -> name.replace(NAMESPACE, "*")).toList();
  }

  /** As in the settings. */
  @Override
  public String toString() {
    return String.join(",", names);
  }
}
