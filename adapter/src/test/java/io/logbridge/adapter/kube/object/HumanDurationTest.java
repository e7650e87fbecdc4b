// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanDurationTest {

  @ParameterizedTest
  @CsvSource({
    "PT-5S,<invalid>",
    "PT-1S,0s",
    "PT-0.5S,0s",
    "PT0S,0s",
    "PT1.9S,1s",
    "PT119S,119s",
    "PT2M,2m",
    "PT2M5S,2m5s",
    "PT9M59S,9m59s",
    "PT10M30S,10m",
    "PT179M,179m",
    "PT3H,3h",
    "PT7H59M,7h59m",
    "PT8H30M,8h",
    "PT47H,47h",
    "P2D,2d",
    "P2DT5H,2d5h",
    "P7DT23H,7d23h",
    "P8DT5H,8d",
    "P729D,729d",
    "P730D,2y",
    "P800D,2y70d",
    "P2919D,7y364d",
    "P4000D,10y",
  })
  void durationIsPrintedAsKubectlDoes(Duration duration, String text) {
    assertThat(HumanDuration.text(duration)).isEqualTo(text);
  }
}
