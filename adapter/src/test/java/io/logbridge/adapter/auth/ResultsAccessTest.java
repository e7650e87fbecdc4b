// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.auth.ResultsAccess.Resource;
import io.logbridge.adapter.auth.ResultsAccess.Verb;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsAccessTest {

  private static final RequestHeaders NO_HEADERS =
      new RequestHeaders() {
        @Override
        public Set<String> names() {
          return Set.of();
        }

        @Override
        public List<String> all(String name) {
          return List.of();
        }
      };

  private final List<Permission> asked = new ArrayList<>();
  private final ResultsAccess access =
      new ResultsAccess((_, what, _) -> {
        asked.add(what);
        return Caller.ANYBODY;
      });

  @ParameterizedTest
  @CsvSource({
    "GET, LOGS, ns, get, logs, ns",
    "LIST, RECORDS, ns, list, records, ns",
    "LIST, RESULTS, -, list, results, ''",
    "GET, RECORDS, -, get, records, -",
    "DELETE, RESULTS, -, delete, results, -",
  })
  void aRequest_needsThePermissionOfItsParent(
      Verb verb, Resource resource, String parent, String asVerb, String asResource, String ns) {
    access.check(NO_HEADERS, verb, resource, parent, Deadline.never());

    assertThat(asked)
        .containsExactly(new Permission("results.tekton.dev", asResource, "", asVerb, ns, ""));
  }

  @Test
  void whoIsNotAllowed_isToldNoMoreThanWhoIsUnknown() {
    assertThatThrownBy(() -> refuse(Code.PERMISSION_DENIED, "User \"jane\" cannot"))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.UNAUTHENTICATED))
        .hasMessage("permission denied");
  }

  @Test
  void anyOtherRefusal_isHandedOn() {
    assertThatThrownBy(() -> refuse(Code.UNAVAILABLE, "nobody answers"))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.UNAVAILABLE))
        .hasMessage("nobody answers");
  }

  private static void refuse(Code code, String message) {
    ResultsAccess refusing =
        new ResultsAccess((_, _, _) -> {
          throw new RequestException(code, message);
        });
    refusing.check(NO_HEADERS, Verb.GET, Resource.LOGS, "ns", Deadline.never());
  }

  @Test
  void aPermission_isNamedAsKubernetesNamesIt() {
    assertThat(Permission.core("get", "pods", "log", "ns", "hello-pod"))
        .hasToString("get resource \"pods/log\" in API group \"\" in the namespace \"ns\"");
    assertThat(new Permission("results.tekton.dev", "logs", "", "list", "", ""))
        .hasToString(
            "list resource \"logs\" in API group \"results.tekton.dev\" at the cluster scope");
  }
}
