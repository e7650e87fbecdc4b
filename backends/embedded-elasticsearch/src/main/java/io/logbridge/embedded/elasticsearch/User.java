// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.embedded.elasticsearch;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A user of a node with security.
 *
 * @param name of the user
 * @param password of at least six characters, as Elasticsearch asks
 * @param roles names of built-in roles such as {@code superuser} or {@code viewer}; with none the
 *     user may log in and nothing else
 */
public record User(String name, String password, List<String> roles) {

  private static final int ITERATIONS = 10_000;
  private static final int SALT_BYTES = 32;
  private static final int HASH_BITS = 256;

  public User {
    roles = List.copyOf(roles);
  }

  /** The password in the form {@code PBKDF2} of {@code config/users}. */
  String passwordHash() {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, HASH_BITS))
              .getEncoded();
      Base64.Encoder base64 = Base64.getEncoder();
      return "{PBKDF2}"
          + ITERATIONS
          + "$"
          + base64.encodeToString(salt)
          + "$"
          + base64.encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks PBKDF2WithHmacSHA512", e);
    }
  }

  @Override
  public String toString() {
    return name + " " + roles;
  }
}
