// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.config;

import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.AuthConfig.KubernetesApi;
import io.logbridge.adapter.auth.RequestHeaderConfig;
import io.logbridge.adapter.auth.RequestHeaderConfig.Names;
import io.logbridge.backend.Secret;
import io.logbridge.backend.Settings;
import io.logbridge.backend.SettingsException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code auth}. */
final class AuthSettings {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private AuthSettings() {}

  private enum Mode {
    KUBERNETES,
    NONE
  }

  /**
   * Reads the section.
   *
   * @param host where the server listens: without authentication only loopback is served
   */
  static AuthConfig read(Settings settings, String host) {
    Mode mode = settings.oneOf("mode", Mode.class, Mode.KUBERNETES);
    boolean exposed = settings.flag("allowUnauthenticatedRemote", false);
    AuthConfig kubernetes = kubernetes(settings);
    return switch (mode) {
      case KUBERNETES -> kubernetes;
      case NONE -> none(host, exposed);
    };
  }

  private static AuthConfig none(String host, boolean exposed) {
    if (!exposed && !isLoopback(host)) {
      throw new SettingsException(
          "server.host: \""
              + host
              + "\" (expected: a loopback address, since auth.mode is none and"
              + " everybody who reaches the port can read every log;"
              + " auth.allowUnauthenticatedRemote: true permits it)");
    }
    return new AuthConfig.None();
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new SettingsException(
          "server.host: \"" + host + "\" (expected: an address of this machine)", e);
    }
  }

  private static AuthConfig kubernetes(Settings settings) {
    Settings cache = settings.section("cache");
    return new AuthConfig.Kubernetes(
        api(settings.section("kubernetes")),
        settings.flag("impersonation", true),
        settings.list("audiences"),
        new AuthConfig.Cache(
            cache.duration("allowedFor", Duration.ofSeconds(10), Duration.ZERO, HOUR),
            cache.duration("refusedFor", Duration.ofSeconds(5), Duration.ZERO, HOUR),
            cache.integer("entries", 10_000, 1, 10_000_000)),
        requestHeader(settings.section("requestHeader")));
  }

  private static RequestHeaderConfig requestHeader(Settings settings) {
    boolean ofCluster = settings.flag("fromCluster", false);
    Optional<Path> caFile = settings.file("caFile");
    List<String> allowed = settings.list("allowedNames");
    Names names =
        new Names(
            allowed.contains("*") ? List.of() : allowed,
            orElse(settings.list("usernameHeaders"), "X-Remote-User"),
            orElse(settings.list("uidHeaders"), "X-Remote-Uid"),
            orElse(settings.list("groupHeaders"), "X-Remote-Group"),
            orElse(settings.list("extraHeaderPrefixes"), "X-Remote-Extra-"));
    if (ofCluster && (caFile.isPresent() || !allowed.isEmpty())) {
      throw settings.invalid(
          "fromCluster", "true", "false where caFile or allowedNames are given: the cluster says");
    }
    if (ofCluster) {
      return new RequestHeaderConfig.OfCluster();
    }
    if (caFile.isEmpty() && !allowed.isEmpty()) {
      throw settings.missing("caFile", "who makes out the certificates of these names, in PEM");
    }
    if (caFile.isPresent() && allowed.isEmpty()) {
      throw settings.missing(
          "allowedNames", "the common names of proxies, or * for whoever has a certificate");
    }
    return caFile.isEmpty()
        ? new RequestHeaderConfig.None()
        : new RequestHeaderConfig.Given(caFile.get(), names);
  }

  private static List<String> orElse(List<String> given, String standard) {
    return given.isEmpty() ? List.of(standard) : given;
  }

  private static KubernetesApi api(Settings settings) {
    Optional<String> url = settings.text("url");
    Optional<Path> caFile = settings.file("caFile");
    Optional<Secret> token = settings.secret("token");
    if (url.isEmpty() && (caFile.isPresent() || token.isPresent())) {
      throw settings.missing("url", "the address for which caFile and token are given");
    }
    if (url.isPresent() && !url.get().matches("https?://.+")) {
      throw settings.invalid("url", url.get(), "https://HOST:PORT");
    }
    return new KubernetesApi(
        url.orElse(null),
        caFile.orElse(null),
        token.orElse(null),
        settings.duration("requestTimeout", Duration.ofSeconds(10), SECOND, MINUTE.multipliedBy(5)),
        settings.integer("concurrentRequests", 32, 1, 10_000));
  }
}
