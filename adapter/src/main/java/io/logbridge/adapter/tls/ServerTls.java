// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.tls;

import io.helidon.common.tls.Tls;
import io.logbridge.adapter.tls.TlsSettings.ClientCertificates;
import io.logbridge.backend.SettingsException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS of a port. The files are looked at from time to time, and what they hold anew counts from the
 * next connection on; connections that there are stay. Files that cannot be used stop the start;
 * later they are reported, and what was there before goes on.
 */
public final class ServerTls implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ServerTls.class.getName());

  private final TlsSettings settings;
  private final RotatingKeys keys;
  private final @Nullable RotatingTrust clients;
  private final @Nullable X509ExtendedTrustManager proxies;
  private final SSLContext context;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tls-reload").factory());
  private String seen;

  private ServerTls(
      TlsSettings settings, Material first, @Nullable X509ExtendedTrustManager proxies) {
    this.settings = settings;
    this.proxies = proxies;
    this.keys = new RotatingKeys(first);
    this.clients = first.clients() == null ? null : new RotatingTrust(first.clients());
    this.context = context();
    this.seen = first.fingerprint();
  }

  /**
   * Reads the files and begins to watch them.
   *
   * @param proxies who judges the certificates of proxies, which are let in with those of clients;
   *     {@code null} if there are none
   * @throws SettingsException naming the file that cannot be used
   */
  @SuppressWarnings("FutureReturnValueIgnored") // reload() catches what it meets
  public static ServerTls open(TlsSettings settings, @Nullable X509ExtendedTrustManager proxies) {
    ServerTls tls = new ServerTls(settings, Material.of(settings), proxies);
    long millis = settings.reloadInterval().toMillis();
    tls.timer.scheduleWithFixedDelay(tls::reload, millis, millis, TimeUnit.MILLISECONDS);
    return tls;
  }

  private SSLContext context() {
    try {
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(new KeyManager[] {keys}, trust(), null);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK speaks TLS
    }
  }

  private TrustManager[] trust() {
    if (clients == null) {
      return proxies == null ? new TrustManager[0] : new TrustManager[] {proxies};
    }
    return new TrustManager[] {proxies == null ? clients : new EitherTrust(clients, proxies)};
  }

  /** For the port of a Helidon server. */
  public Tls helidon() {
    return Tls.builder().sslContext(context).sslParameters(parameters()).build();
  }

  private SSLParameters parameters() {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(settings.minVersion().andNewer().toArray(String[]::new));
    if (!settings.cipherSuites().isEmpty()) {
      parameters.setCipherSuites(cipherSuites(parameters.getCipherSuites()));
    }
    if (!settings.namedGroups().isEmpty()) {
      parameters.setNamedGroups(settings.namedGroups().toArray(String[]::new));
    }
    if (clients != null && settings.clients() == ClientCertificates.REQUIRED) {
      parameters.setNeedClientAuth(true);
    } else if (clients != null || proxies != null) {
      parameters.setWantClientAuth(true);
    }
    return parameters;
  }

  /** Those of TLS 1.3, which do not name a key exchange, and of the others what was chosen. */
  private String[] cipherSuites(String[] platforms) {
    return Stream.concat(
            Arrays.stream(platforms).filter(suite -> !suite.contains("_WITH_")),
            settings.cipherSuites().stream())
        .distinct()
        .toArray(String[]::new);
  }

  /** Looks at the files once. */
  private void reload() {
    try {
      String now = Material.fingerprint(settings);
      if (now.equals(seen)) {
        return;
      }
      seen = now; // also if it cannot be used: it is reported once
      use(Material.of(settings));
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "the TLS certificate is not replaced, the one before goes on: {0}",
          e.getMessage());
    }
  }

  private void use(Material next) {
    if (clients != null && next.clients() != null) {
      clients.replace(next.clients());
    }
    keys.replace(next);
    LOG.log(
        Level.INFO,
        "the TLS certificate was replaced; it ends on {0}",
        next.chain().getFirst().getNotAfter().toInstant());
  }

  /** Stops to watch the files. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
