// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.adapter.kube.object.FieldSelector.Term;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldSelectorTest {

  @Test
  void everyOperatorIsRead() {
    assertThat(
            FieldSelector.parse(
                    "metadata.name=a,,status.phase==b,spec.nodeName!=c,metadata.namespace=",
                    KubeResource.PODS)
                .terms())
        .containsExactly(
            new Term("metadata.name", true, "a"),
            new Term("status.phase", true, "b"),
            new Term("spec.nodeName", false, "c"),
            new Term("metadata.namespace", true, ""));
  }

  @Test
  void whatSeparatesCanBeEscaped() {
    assertThat(FieldSelector.parse("reason=a\\,b\\=c\\\\d,type=x", KubeResource.EVENTS).terms())
        .containsExactly(new Term("reason", true, "a,b=c\\d"), new Term("type", true, "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "reason            | invalid selector: 'reason'; can't understand 'reason'",
        "type=a,=b         | invalid selector: 'type=a,=b'; can't understand '=b'",
        "type=a=b          | invalid field selector: unescaped character in value: =",
        "type=a\\b         | invalid field selector: invalid escape sequence: \\b",
        "type=a\\          | invalid field selector: invalid escape sequence: \\",
        "spec.nodeName=x   | field label not supported: spec.nodeName",
        "metadata.labels=x | field label not supported: metadata.labels",
      })
  void whatIsNoSelector_isRefusedInTheWordsOfKubernetes(String selector, String message) {
    assertThatThrownBy(() -> FieldSelector.parse(selector, KubeResource.EVENTS))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata.name=a                            | a",
        "metadata.name==a                           | a",
        "status.phase=x,metadata.name=a             | a",
        "metadata.name=a\\,b                        | a,b",
        "metadata.name!=a                           |",
        "metadata.namespace!=x\\,metadata.name=a    |",
        "metadata.name=a=b                          |",
        "metadata.name                              |",
        "other.metadata.name=a                      |",
      })
  void onlyName_isOneThatTheSelectorItselfAsksFor(String selector, @Nullable String name) {
    assertThat(FieldSelector.onlyName(selector)).isEqualTo(Optional.ofNullable(name));
  }
}
