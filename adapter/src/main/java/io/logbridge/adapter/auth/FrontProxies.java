// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.logbridge.backend.SettingsException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Proxies that have found out who asks, and say so in headers: those of the aggregation layer of a
 * cluster, or others. A proxy is who shows a certificate of the right authority and name on the
 * connection of the request; the headers of anybody else are not looked at.
 *
 * <p>What makes a proxy is read again from time to time, as a cluster changes its authorities. Safe
 * for use by many threads.
 */
public final class FrontProxies implements AutoCloseable {

  private static final Logger LOG = System.getLogger(FrontProxies.class.getName());

  private static final Duration READ_AGAIN = Duration.ofSeconds(10);

  private final Source source;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("front-proxies").factory());
  private volatile @Nullable ProxyRules rules;
  private @Nullable String reported;

  /** Where the rules come from. */
  interface Source extends AutoCloseable {
    /**
     * Reads them; blocks.
     *
     * @throws SettingsException if they cannot be read
     */
    ProxyRules read();

    @Override
    default void close() {}
  }

  private FrontProxies(Source source) {
    this.source = source;
  }

  /**
   * Those of a configuration.
   *
   * @return {@code null} for none
   * @throws SettingsException if the file of an authority cannot be used
   */
  public static @Nullable FrontProxies open(AuthConfig.Kubernetes config) {
    return switch (config.requestHeader()) {
      case RequestHeaderConfig.None _ -> null;
      case RequestHeaderConfig.Given given -> {
        FrontProxies proxies = new FrontProxies(() -> ProxyFiles.read(given));
        proxies.rules = proxies.source.read();
        yield proxies.watched(READ_AGAIN);
      }
      // A cluster that does not answer now may do so later; until then there are no proxies.
      case RequestHeaderConfig.OfCluster _ ->
          new FrontProxies(ofCluster(config)).watched(Duration.ZERO);
    };
  }

  /**
   * Reads once what makes a proxy.
   *
   * @throws SettingsException if it cannot be read
   */
  public static void check(AuthConfig.Kubernetes config) {
    switch (config.requestHeader()) {
      case RequestHeaderConfig.None _ -> {}
      case RequestHeaderConfig.Given given -> ProxyFiles.read(given);
      case RequestHeaderConfig.OfCluster _ -> {
        try (Source source = ofCluster(config)) {
          source.read();
        }
      }
    }
  }

  private static Source ofCluster(AuthConfig.Kubernetes config) {
    KubernetesClient client = KubernetesClients.create(config.api());
    return new Source() {
      @Override
      public ProxyRules read() {
        return ProxyConfigMap.read(client);
      }

      @Override
      public void close() {
        client.close();
      }
    };
  }

  @SuppressWarnings("FutureReturnValueIgnored") // read() catches what it meets
  private FrontProxies watched(Duration delay) {
    timer.scheduleWithFixedDelay(
        this::read, delay.toMillis(), READ_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void read() {
    try {
      rules = source.read();
      reported = null;
    } catch (RuntimeException e) {
      String reason = String.valueOf(e.getMessage());
      if (!reason.equals(reported)) {
        reported = reason;
        LOG.log(
            Level.WARNING,
            "who is a front proxy is not read again, {0}: {1}",
            rules == null ? "nobody is taken for one" : "what was known before goes on",
            reason);
      }
    }
  }

  /**
   * Whom a proxy asks for.
   *
   * @return nothing if it is no proxy who asks, or one that names nobody
   * @throws io.logbridge.adapter.error.RequestException {@code UNAUTHENTICATED} if a proxy names
   *     two users
   */
  Optional<Identity> identity(RequestHeaders headers) {
    ProxyRules known = rules;
    return known == null ? Optional.empty() : headers.certified().flatMap(known::identity);
  }

  /** Judges certificates by the authorities of the moment, for the TLS of a port. */
  public X509ExtendedTrustManager trust() {
    return new Trust();
  }

  private final class Trust extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      authority().checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      authority().checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      authority().checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw onlyClients();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw onlyClients();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw onlyClients();
    }

    private CertificateException onlyClients() {
      return new CertificateException("this side is the server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      ProxyRules known = rules;
      return known == null ? new X509Certificate[0] : known.authority().getAcceptedIssuers();
    }

    private X509ExtendedTrustManager authority() throws CertificateException {
      ProxyRules known = rules;
      if (known == null) {
        throw new CertificateException("who is a front proxy is not known yet");
      }
      return known.authority();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    source.close();
  }
}
