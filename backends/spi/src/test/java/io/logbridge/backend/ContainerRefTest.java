// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerRefTest {

  private static final String UID = "0f8fad5b-d9cb-469f-a165-70867728950e";

  @ParameterizedTest
  @ValueSource(strings = {"a", "build-run-1-pod", "my.dotted.pod-0", "9"})
  void podNamesOfKubernetes_areTaken(String pod) {
    assertThat(new ContainerRef("team-a", pod, UID, "step-build").pod()).isEqualTo(pod);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "a b",
        "a\"b",
        "a\\b",
        "a\nb",
        "a*",
        "-a",
        "a-",
        ".a",
        "a.",
        "a..b",
        "a_b",
        "ä",
        "a\u0000",
        "a' OR 1=1",
        "a\"} | line_format"
      })
  void everythingElse_isRefusedWithItsValue(String pod) {
    assertThatThrownBy(() -> new ContainerRef("team-a", pod, null, "step-build"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pod: \"" + pod + "\" (expected: a DNS-1123 subdomain of at most 253 characters)");
  }

  @Test
  void dotsAreForPodsOnly() {
    assertThatThrownBy(() -> new ContainerRef("team.a", "p", null, "c"))
        .hasMessage("namespace: \"team.a\" (expected: a DNS-1123 label)");
    assertThatThrownBy(() -> new ContainerRef("team-a", "p", null, "c.d"))
        .hasMessage("container: \"c.d\" (expected: a DNS-1123 label)");
  }

  @Test
  void lengthsAreLimited() {
    String label = "a".repeat(63);
    String subdomain = label + "." + label + "." + label + "." + "a".repeat(61);

    assertThat(new ContainerRef(label, subdomain, null, label).pod()).hasSize(253);
    assertThatThrownBy(() -> new ContainerRef(label + "a", "p", null, "c"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ContainerRef("n", subdomain + "a", null, "c"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aUidIsAUuid() {
    assertThatThrownBy(() -> new ContainerRef("n", "p", "1", "c"))
        .hasMessage("podUid: \"1\" (expected: a UUID)");
  }
}
