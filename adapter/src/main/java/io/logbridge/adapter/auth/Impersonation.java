// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The wish to act as somebody else, as the headers {@code Impersonate-*} of Kubernetes say it.
 *
 * @param user whom to act as; empty for oneself
 * @param uid empty if none is given
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/">User
 *     impersonation</a>
 */
record Impersonation(
    String user, String uid, List<String> groups, Map<String, List<String>> extra) {

  private static final String PREFIX = "impersonate-";
  private static final String EXTRA = "impersonate-extra-";
  private static final String AUTHENTICATION = "authentication.k8s.io";
  private static final String AUTHENTICATED = "system:authenticated";
  private static final String UNAUTHENTICATED = "system:unauthenticated";
  private static final String ANONYMOUS = "system:anonymous";
  private static final String SERVICE_ACCOUNTS = "system:serviceaccounts";
  private static final Pattern SERVICE_ACCOUNT =
      Pattern.compile("system:serviceaccount:([^:]+):([^:]+)");

  /** Whether the headers ask for it. */
  static boolean isAskedFor(RequestHeaders headers) {
    return headers.names().stream().anyMatch(name -> name.startsWith(PREFIX));
  }

  /**
   * Reads the headers.
   *
   * @throws RequestException {@code UNAUTHENTICATED} if they ask for a group, uid or extra without
   *     a user, for two users, or for nothing
   */
  static Impersonation of(RequestHeaders headers) {
    Map<String, List<String>> extra = new TreeMap<>();
    for (String name : headers.names()) {
      if (name.startsWith(EXTRA)) {
        extra.put(ExtraKeys.decode(name.substring(EXTRA.length())), headers.all(name));
      }
    }
    Impersonation wish =
        new Impersonation(
            single(headers, "impersonate-user"),
            single(headers, "impersonate-uid"),
            headers.all("impersonate-group"),
            extra);
    boolean holes =
        Stream.concat(wish.groups.stream(), extra.values().stream().flatMap(List::stream))
            .anyMatch(String::isEmpty);
    if (holes || extra.containsKey("") || wish.user.isEmpty()) {
      throw invalid();
    }
    return wish;
  }

  private static String single(RequestHeaders headers, String name) {
    List<String> values = headers.all(name);
    if (values.size() > 1 || values.contains("")) {
      throw invalid();
    }
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static RequestException invalid() {
    return new RequestException(Code.UNAUTHENTICATED, "invalid impersonation data");
  }

  /** What the caller has to be allowed for this. */
  List<Permission> needed() {
    List<Permission> needed = new ArrayList<>();
    Matcher account = SERVICE_ACCOUNT.matcher(user);
    needed.add(
        account.matches()
            ? impersonate("", "serviceaccounts", "", account.group(1), account.group(2))
            : impersonate("", "users", "", "", user));
    groups.forEach(group -> needed.add(impersonate("", "groups", "", "", group)));
    if (!uid.isEmpty()) {
      needed.add(impersonate(AUTHENTICATION, "uids", "", "", uid));
    }
    extra.forEach((key, values) ->
        values.forEach(
            value -> needed.add(impersonate(AUTHENTICATION, "userextras", key, "", value))));
    return needed;
  }

  private static Permission impersonate(
      String group, String resource, String subresource, String namespace, String name) {
    return new Permission(group, resource, subresource, "impersonate", namespace, name);
  }

  /** Whom the caller acts as. */
  Identity identity() {
    return new Identity(user, uid, effectiveGroups(), extra);
  }

  private List<String> effectiveGroups() {
    List<String> effective = new ArrayList<>(groups);
    Matcher account = SERVICE_ACCOUNT.matcher(user);
    if (groups.isEmpty() && account.matches()) {
      effective.add(SERVICE_ACCOUNTS);
      effective.add(SERVICE_ACCOUNTS + ":" + account.group(1));
    }
    if (!groups.contains(AUTHENTICATED) && !groups.contains(UNAUTHENTICATED)) {
      effective.add(user.equals(ANONYMOUS) ? UNAUTHENTICATED : AUTHENTICATED);
    }
    return effective;
  }
}
