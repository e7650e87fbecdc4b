// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.mockwebserver.http.MockResponse;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class KubernetesGateTest {

  private static final Permission READ =
      new Permission("results.tekton.dev", "logs", "", "get", "ns", "");
  private static final String TOKEN = "janes-token-5e0c";
  private static final AuthConfig.Cache CACHE =
      new AuthConfig.Cache(Duration.ofSeconds(10), Duration.ofSeconds(3), 100);

  private final TestClock clock = new TestClock();
  private final FakeCluster cluster = new FakeCluster(false);
  private KubernetesGate gate = gate(cluster.api(), true, List.of());

  KubernetesGateTest() {
    cluster.user(TOKEN, "jane", "devs", "system:authenticated");
    cluster.user("proxys-token", "proxy", "proxies");
  }

  private KubernetesGate gate(
      AuthConfig.KubernetesApi api, boolean impersonation, List<String> audiences) {
    return new KubernetesGate(
        new CachedReviews(
            new KubernetesReviews(KubernetesClients.create(api), api, audiences),
            CACHE,
            api.requestTimeout(),
            clock,
            clock,
            new SimpleMeterRegistry()),
        impersonation,
        null);
  }

  @AfterEach
  void stop() {
    gate.close();
    cluster.close();
  }

  @Test
  void whoMay_isLetPassAndNamed() {
    assertThat(check(TestHeaders.bearer(TOKEN))).extracting(Caller::user).isEqualTo("jane");
  }

  @Test
  void theSameCallAgain_asksTheClusterNothing() {
    check(TestHeaders.bearer(TOKEN));
    check(TestHeaders.bearer(TOKEN));

    assertThat(cluster.asked()).hasSize(2);
  }

  @Test
  void whoMayNot_isToldWhatTheyMayNot() {
    cluster.allowed = _ -> false;

    assertRefused(
        TestHeaders.bearer(TOKEN),
        Code.PERMISSION_DENIED,
        "User \"jane\" cannot get resource \"logs\" in API group \"results.tekton.dev\" in the"
            + " namespace \"ns\"");
  }

  @Test
  void aRightThatIsTakenAway_isGoneAfterTheTimeThatAnswersAreBelieved() {
    check(TestHeaders.bearer(TOKEN));
    cluster.allowed = _ -> false;
    clock.advance(Duration.ofSeconds(9));
    check(TestHeaders.bearer(TOKEN));

    clock.advance(Duration.ofSeconds(1));

    assertRefused(TestHeaders.bearer(TOKEN), Code.PERMISSION_DENIED, "User \"jane\" cannot ");
  }

  @Test
  void aTokenThatIsTakenBack_isGoneAfterTheTimeThatAnswersAreBelieved() {
    check(TestHeaders.bearer(TOKEN));
    cluster.forget(TOKEN);

    clock.advance(Duration.ofSeconds(10));

    assertRefused(TestHeaders.bearer(TOKEN), Code.UNAUTHENTICATED, "permission denied");
  }

  @Test
  void withoutAToken_theClusterIsNotAsked() {
    assertRefused(TestHeaders.of(), Code.UNAUTHENTICATED, "unable to find token");
    assertRefused(
        TestHeaders.of("Authorization", "one-word"), Code.UNAUTHENTICATED, "permission denied");

    assertThat(cluster.asked()).isEmpty();
  }

  @Test
  void severalTokens_areTriedUntilOneMay() {
    cluster.user("other", "joe");
    cluster.allowed = spec -> spec.get("user").asString().equals("jane");
    TestHeaders headers =
        TestHeaders.of(
            "Authorization", "Bearer nobodys",
            "authorization", "one-word",
            "Authorization", "Bearer other",
            "Authorization", "Bearer " + TOKEN);

    assertThat(check(headers)).extracting(Caller::user).isEqualTo("jane");
  }

  @Test
  void moreTokensThanAnyClientHas_areNotEvenTried() {
    TestHeaders headers = new TestHeaders();
    for (int i = 0; i < 5; i++) {
      headers.add("authorization", "Bearer " + i);
    }

    assertRefused(
        headers, Code.INVALID_ARGUMENT, "authorization: \"5 values\" (expected: at most 4)");
    assertThat(cluster.asked()).isEmpty();
  }

  @Test
  void whoActsAsSomebodyElse_isAskedForWithTheirGroups_andAnsweredForAsThatUser() {
    TestHeaders headers =
        TestHeaders.of(
            "Authorization", "Bearer proxys-token",
            "Impersonate-User", "jane",
            "Impersonate-Group", "devs",
            "Impersonate-Group", "ops",
            "Impersonate-Uid", "u1",
            "Impersonate-Extra-Acme.com%2Fproject", "p",
            "Impersonate-Extra-Scopes", "view",
            "Impersonate-Extra-Scopes", "edit");

    assertThat(check(headers)).extracting(Caller::user).isEqualTo("jane");

    assertThat(reviews())
        .containsExactly(
            "proxy[\"proxies\"]: impersonate users/jane",
            "proxy[\"proxies\"]: impersonate groups/devs",
            "proxy[\"proxies\"]: impersonate groups/ops",
            "proxy[\"proxies\"]: impersonate uids/u1",
            "proxy[\"proxies\"]: impersonate userextras.acme.com/project/p",
            "proxy[\"proxies\"]: impersonate userextras.scopes/view",
            "proxy[\"proxies\"]: impersonate userextras.scopes/edit",
            "jane[\"devs\",\"ops\",\"system:authenticated\"]: get logs");
    JsonNode extra = cluster.asked().getLast().spec().get("extra");
    assertThat(extra.propertyNames()).containsExactlyInAnyOrder("acme.com/project", "scopes");
    assertThat(extra.get("acme.com/project")).hasToString("[\"p\"]");
    assertThat(extra.get("scopes")).hasToString("[\"view\",\"edit\"]");
  }

  @Test
  void whoActsAsAServiceAccount_getsItsGroups() {
    check(
        TestHeaders.of(
            "Authorization", "Bearer proxys-token",
            "Impersonate-User", "system:serviceaccount:ci:robot"));

    assertThat(cluster.asked().get(1).spec().get("resourceAttributes"))
        .hasToString(
            "{\"name\":\"robot\",\"namespace\":\"ci\",\"resource\":\"serviceaccounts\",\"verb\":\"impersonate\"}");
    assertThat(reviews().getLast())
        .isEqualTo(
            "system:serviceaccount:ci:robot[\"system:serviceaccounts\",\"system:serviceaccounts:ci\",\"system:authenticated\"]:"
                + " get logs");
  }

  @ParameterizedTest
  @CsvSource({
    "system:anonymous,, system:unauthenticated",
    "jane, system:unauthenticated,",
    "jane, system:authenticated,",
  })
  void authenticatedOrNot_isAddedOnceAtMost(String user, String group, String added) {
    TestHeaders headers =
        TestHeaders.of("Authorization", "Bearer proxys-token", "Impersonate-User", user);
    if (group != null) {
      headers.add("Impersonate-Group", group);
    }

    check(headers);

    assertThat(cluster.asked().getLast().spec().get("groups").valueStream())
        .extracting(JsonNode::asString)
        .containsExactly(group == null ? added : group);
  }

  @Test
  void whoMayNotActAsSomebodyElse_isRefusedBeforeThatUserIsAskedFor() {
    cluster.allowed =
        spec -> !spec.get("resourceAttributes").get("resource").asString().equals("groups");

    assertRefused(
        TestHeaders.of(
            "Authorization", "Bearer proxys-token",
            "Impersonate-User", "jane",
            "Impersonate-Group", "system:masters"),
        Code.UNAUTHENTICATED,
        "permission denied: forbidden: 'proxy' doesn't have permission to impersonate 'groups'");
    assertThat(reviews()).noneMatch(review -> review.startsWith("jane"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Impersonate-Group: g",
        "Impersonate-Uid: u",
        "Impersonate-Extra-Scopes: view",
        "Impersonate-User: ",
        "Impersonate-User: jane; Impersonate-User: joe",
        "Impersonate-User: jane; Impersonate-Group: ",
        "Impersonate-User: jane; Impersonate-Uid: ",
        "Impersonate-User: jane; Impersonate-Uid: a; Impersonate-Uid: b",
        "Impersonate-User: jane; Impersonate-Extra-Scopes: ",
        "Impersonate-User: jane; Impersonate-Extra-: x",
        "Impersonate-Who: jane",
      })
  void halfAnImpersonation_isRefusedAndNeverTakenForNone(String text) {
    TestHeaders headers = TestHeaders.bearer("proxys-token");
    for (String header : text.split("; ", -1)) {
      String[] nameAndValue = header.split(": ", -1);
      headers.add(nameAndValue[0], nameAndValue[1]);
    }

    assertRefused(headers, Code.UNAUTHENTICATED, "invalid impersonation data");
    assertThat(cluster.asked()).isEmpty();
  }

  @Test
  void whereImpersonationIsOff_itIsRefusedAndNotIgnored() {
    gate.close();
    gate = gate(cluster.api(), false, List.of());

    assertRefused(
        TestHeaders.of("Authorization", "Bearer proxys-token", "Impersonate-User", "jane"),
        Code.UNAUTHENTICATED,
        "impersonation is not possible here (auth.impersonation: false)");
    check(TestHeaders.bearer("proxys-token"));
  }

  @Test
  void aTokenForAnotherAudience_isNobodys() {
    gate.close();
    gate = gate(cluster.api(), true, List.of("logbridge"));

    // This cluster knows nothing of audiences, so its word counts for its own API only.
    assertRefused(TestHeaders.bearer(TOKEN), Code.UNAUTHENTICATED, "permission denied");
    assertThat(cluster.asked().getFirst().spec())
        .hasToString("{\"audiences\":[\"logbridge\"],\"token\":\"" + TOKEN + "\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "500, the Kubernetes API answers 500 (expected: 201)",
    "403, the Kubernetes API answers 403 to us (expected: 201; does our service account have the"
        + " ClusterRole system:auth-delegator?)",
    "429, the Kubernetes API answers 429 (expected: 201)",
  })
  void aClusterThatDoesNotSay_isNeitherAYesNorANo(int status, String why) {
    cluster.trouble =
        new MockResponse().setResponseCode(status).setBody("you said " + TOKEN + ", I say no");

    RequestException e = refused(TestHeaders.bearer(TOKEN));

    assertThat(e.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(trace(e)).contains("TokenReview: " + why);
    assertNoSecret(e);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "{}",
        "[]",
        "{\"kind\":\"TokenReview\",\"status\":{\"authenticated\":true}}"
      })
  void anAnswerThatSaysNothing_isNeitherAYesNorANo(String body) {
    cluster.trouble =
        new MockResponse()
            .setResponseCode(201)
            .setHeader("Content-Type", "application/json")
            .setBody(body);

    RequestException e = refused(TestHeaders.bearer(TOKEN));

    assertThat(e.code()).isEqualTo(Code.UNAVAILABLE);
    assertNoSecret(e);
  }

  @Test
  void aClusterThatCannotBeReached_isNeitherAYesNorANo() {
    cluster.close();

    RequestException e = refused(TestHeaders.bearer(TOKEN));

    assertThat(e.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(trace(e)).contains("TokenReview: ", "ConnectException");
    assertNoSecret(e);
  }

  @Test
  void aClusterWhoseCertificateNobodyTrusts_isNotAsked() {
    try (FakeCluster impostor = new FakeCluster(true)) {
      gate.close();
      gate = gate(impostor.api(), true, List.of());

      RequestException e = refused(TestHeaders.bearer(TOKEN));

      assertThat(e.code()).isEqualTo(Code.UNAVAILABLE);
      assertThat(trace(e)).containsIgnoringCase("certificat");
      assertThat(impostor.asked()).isEmpty();
      assertNoSecret(e);
    }
  }

  @Test
  void aClusterThatHangs_isGivenUpAtTheDeadlineOfTheCall() {
    cluster.trouble = hang();

    Throwable e =
        catchThrowable(() ->
            gate.check(TestHeaders.bearer(TOKEN), READ, Deadline.after(Duration.ofMillis(300))));

    assertThat(e)
        .isInstanceOfSatisfying(
            RequestException.class,
            request -> assertThat(request.code()).isEqualTo(Code.DEADLINE_EXCEEDED));
  }

  @Test
  void aClusterThatHangs_isGivenUpAfterItsOwnTimeToo() {
    gate.close();
    gate = gate(cluster.api(Duration.ofMillis(500)), true, List.of());
    cluster.trouble = hang();

    assertThat(refused(TestHeaders.bearer(TOKEN)).code()).isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void theGateOfAConfiguration_asksItsCluster() {
    AuthConfig.Kubernetes config =
        new AuthConfig.Kubernetes(
            cluster.api(), true, List.of(), CACHE, new RequestHeaderConfig.None());

    try (KubernetesGate opened =
        KubernetesGate.open(config, null, InstantSource.system(), new SimpleMeterRegistry())) {
      assertThat(opened.check(TestHeaders.bearer(TOKEN), READ, Deadline.never()))
          .extracting(Caller::user)
          .isEqualTo("jane");
    }
    assertThat(config.toString()).doesNotContain(FakeCluster.OWN_TOKEN);
  }

  private static MockResponse hang() {
    return new MockResponse().setResponseCode(201).setBody("{}").setBodyDelay(1, TimeUnit.HOURS);
  }

  private Caller check(RequestHeaders headers) {
    return gate.check(headers, READ, Deadline.never());
  }

  private RequestException refused(RequestHeaders headers) {
    return (RequestException) catchThrowable(() -> check(headers));
  }

  private void assertRefused(RequestHeaders headers, Code code, String message) {
    RequestException e = refused(headers);
    assertThat(e.code()).isEqualTo(code);
    assertThat(e).hasMessageStartingWith(message);
  }

  private static void assertNoSecret(Throwable e) {
    assertThat(trace(e)).doesNotContain(TOKEN, FakeCluster.OWN_TOKEN);
  }

  private static String trace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** The SubjectAccessReviews so far, as one line each. */
  private List<String> reviews() {
    return cluster.asked().stream()
        .filter(asked -> asked.path().equals(FakeCluster.ACCESS_REVIEWS))
        .map(asked -> line(asked.spec()))
        .toList();
  }

  private static String line(JsonNode spec) {
    JsonNode what = spec.get("resourceAttributes");
    String subresource = what.path("subresource").asString("");
    String name = what.path("name").asString("");
    return spec.get("user").asString()
        + spec.get("groups")
        + ": "
        + what.get("verb").asString()
        + " "
        + what.get("resource").asString()
        + (subresource.isEmpty() ? "" : "." + subresource)
        + (name.isEmpty() ? "" : "/" + name);
  }
}
