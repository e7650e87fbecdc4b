// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import io.logbridge.backend.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Credentials of programs that cannot say for whom they ask, each with the namespaces that it may
 * read. Kept as text, one a line: {@code user:password namespace,namespace}, with {@code *} for all
 * namespaces. Safe for use by many threads.
 */
public final class BasicCredentials {

  private static final Pattern LINE = Pattern.compile("([^:\\s]+):(\\S+)\\s+(\\S+)");
  private static final String ALL = "*";
  private static final String BASIC = "basic ";

  private final Secret text;

  private BasicCredentials(Secret text) {
    this.text = text;
  }

  /** One of them; never printed. */
  private record Credential(Secret userAndPassword, Set<String> namespaces) {

    /** Takes as long for a wrong password that is almost right as for any other. */
    boolean is(byte[] given) {
      byte[] expected = userAndPassword.reveal().getBytes(StandardCharsets.UTF_8);
      return MessageDigest.isEqual(expected, given);
    }

    boolean reaches(String namespace) {
      return namespaces.contains(ALL) || namespaces.contains(namespace);
    }
  }

  /**
   * Those in this text, which is read again for each request.
   *
   * @throws IllegalArgumentException if a line has another form; names its number, not its content
   */
  public static BasicCredentials of(Secret text) {
    if (parse(text).isEmpty()) {
      throw new IllegalArgumentException("no line (expected: USER:PASSWORD NAMESPACE,NAMESPACE)");
    }
    return new BasicCredentials(text);
  }

  /**
   * Lets a request pass, or refuses it.
   *
   * @throws RequestException {@code UNAUTHENTICATED} without a known credential, {@code
   *     PERMISSION_DENIED} if it does not reach the namespace
   */
  public void check(RequestHeaders headers, String namespace) {
    Credential credential =
        given(headers)
            .flatMap(this::find)
            .orElseThrow(() ->
                new RequestException(
                    Code.UNAUTHENTICATED, "no valid credential (expected: Basic authentication)"));
    if (!credential.reaches(namespace)) {
      throw new RequestException(
          Code.PERMISSION_DENIED,
          "namespace: \"" + namespace + "\" (expected: one that the credential has)");
    }
  }

  private static Optional<byte[]> given(RequestHeaders headers) {
    List<String> values = headers.all("authorization");
    if (values.size() != 1 || !values.getFirst().toLowerCase(Locale.ROOT).startsWith(BASIC)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Base64.getDecoder().decode(values.getFirst().substring(BASIC.length()).strip()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Optional<Credential> find(byte[] given) {
    return parse(text).stream().filter(credential -> credential.is(given)).findFirst();
  }

  private static List<Credential> parse(Secret text) {
    List<Credential> credentials = new ArrayList<>();
    int number = 0;
    for (String line : text.reveal().lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "line " + number + " (expected: USER:PASSWORD NAMESPACE,NAMESPACE)");
      }
      credentials.add(
          new Credential(
              Secret.of(matcher.group(1) + ":" + matcher.group(2)),
              Set.copyOf(Arrays.asList(matcher.group(3).split(",", -1)))));
    }
    return credentials;
  }

  @Override
  public String toString() {
    return "BasicCredentials";
  }
}
