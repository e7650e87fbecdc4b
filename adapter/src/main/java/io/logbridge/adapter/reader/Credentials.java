// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.reader;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;

/** By what the reader is known to a server. */
public final class Credentials {

  private final @Nullable String token;
  private final List<KeyManager> keys;
  private final String origin;

  private Credentials(@Nullable String token, List<KeyManager> keys, String origin) {
    this.token = token == null || token.isBlank() ? null : token.strip();
    this.keys = keys;
    this.origin = origin;
  }

  /** None at all. */
  public static Credentials none() {
    return new Credentials(null, List.of(), "");
  }

  /**
   * A bearer token.
   *
   * @param origin where it comes from, for messages
   */
  public static Credentials token(String token, String origin) {
    return new Credentials(token, List.of(), origin);
  }

  /**
   * A bearer token in a file.
   *
   * @throws ReaderException if it cannot be read
   */
  public static Credentials file(Path file) throws ReaderException {
    try {
      return token(Files.readString(file), "the token in " + file);
    } catch (IOException e) {
      throw new ReaderException(
          "--token-file: \"" + file + "\" (expected: a file that can be read)", e);
    }
  }

  /** Whether there is a kubeconfig, where kubectl would look for it. */
  public static boolean hasKubeconfig() {
    return Config.getKubeconfigFilenames().stream().anyMatch(file -> new File(file).isFile());
  }

  /**
   * Those of a user in the kubeconfig: token, file of a token, client certificate, or what a plugin
   * gives.
   *
   * @param context whose user; {@code null} for the current one
   * @throws ReaderException if they cannot be had
   */
  public static Credentials kubeconfig(@Nullable String context) throws ReaderException {
    Config config;
    List<KeyManager> keys;
    try {
      config = Config.autoConfigure(context);
      KeyManager @Nullable [] found = SSLUtils.keyManagers(config);
      keys = found == null ? List.of() : List.of(found);
    } catch (RuntimeException | IOException | GeneralSecurityException e) {
      throw new ReaderException("the kubeconfig cannot be used: " + e.getMessage(), e);
    }
    String name = config.getCurrentContext() == null ? null : config.getCurrentContext().getName();
    if (context != null && !context.equals(name)) {
      throw new ReaderException(
          "--context: \"" + context + "\" (expected: a context of the kubeconfig)");
    }
    return new Credentials(
        token(config), keys, "the user of context " + (name == null ? "none" : name));
  }

  private static @Nullable String token(Config config) throws ReaderException {
    for (String token : new String[] {config.getAutoOAuthToken(), config.getOauthToken()}) {
      if (token != null && !token.isBlank()) {
        return token;
      }
    }
    return tokenFile(config);
  }

  /** The client library reads everything of a user but this. */
  private static @Nullable String tokenFile(Config config) throws ReaderException {
    NamedContext context = config.getCurrentContext();
    File kubeconfig = context == null ? null : config.getFileWithAuthInfo();
    if (context == null || kubeconfig == null) {
      return null;
    }
    String user = context.getContext().getUser();
    Optional<String> file =
        KubeConfigUtils.parseConfig(kubeconfig).getUsers().stream()
            .filter(candidate -> candidate.getName().equals(user))
            .map(candidate -> candidate.getUser().getTokenFile())
            .filter(Objects::nonNull)
            .findFirst();
    if (file.isEmpty()) {
      return null;
    }
    Path path = kubeconfig.toPath().toAbsolutePath().resolveSibling(file.get());
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new ReaderException(
          "tokenFile of user " + user + ": \"" + path + "\" (expected: a file that can be read)",
          e);
    }
  }

  /** {@code null} for none. */
  @Nullable String token() {
    return token;
  }

  /** What shows a certificate; empty for none. */
  List<KeyManager> keys() {
    return keys;
  }

  /** Who that is, for messages; says what there could be if there is nothing. */
  String origin() {
    return token == null && keys.isEmpty()
        ? "nobody: expected --token-file, TEKTON_RESULTS_TOKEN, or over https a kubeconfig"
        : origin;
  }

  /** Without what it holds. */
  @Override
  public String toString() {
    return origin();
  }
}
