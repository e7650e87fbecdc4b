// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.auth;

import io.logbridge.adapter.auth.RequestHeaderConfig.Names;
import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * By what a proxy is known, and how it says who asks.
 *
 * @param authority that has to have made out its certificate
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/">Configure
 *     the aggregation layer</a>
 */
record ProxyRules(X509ExtendedTrustManager authority, Names names) {

  /**
   * The rules of an authority.
   *
   * @param pem its certificates
   * @throws CertificateException if there is none
   */
  static ProxyRules of(byte[] pem, Names names) throws CertificateException {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
      }
      if (trusted.size() == 0) {
        throw new CertificateException("no certificate");
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trusted);
      return new ProxyRules(
          Stream.of(factory.getTrustManagers())
              .filter(X509ExtendedTrustManager.class::isInstance)
              .map(X509ExtendedTrustManager.class::cast)
              .findFirst()
              .orElseThrow(),
          names);
    } catch (IOException | GeneralSecurityException e) {
      throw e instanceof CertificateException wrong ? wrong : new CertificateException(e);
    }
  }

  /**
   * Whom a proxy asks for.
   *
   * @return nothing if the client is no proxy, or says nothing of a user
   * @throws RequestException {@code UNAUTHENTICATED} if a proxy names two users
   */
  Optional<Identity> identity(CertifiedHeaders request) {
    if (!isProxy(request.chain())) {
      return Optional.empty();
    }
    String user = single(request, names.user());
    return user.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Identity(
                user,
                single(request, names.uid()),
                names.group().stream().flatMap(name -> request.all(name).stream()).toList(),
                extra(request)));
  }

  /** Looked at for each request: a certificate may have ended since the connection was made. */
  private boolean isProxy(List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      return false;
    }
    try {
      authority.checkClientTrusted(
          chain.toArray(X509Certificate[]::new), chain.getFirst().getPublicKey().getAlgorithm());
    } catch (CertificateException _) {
      return false;
    }
    return names.allowed().isEmpty()
        || commonName(chain.getFirst()).filter(names.allowed()::contains).isPresent();
  }

  private static Optional<String> commonName(X509Certificate certificate) {
    try {
      // The most specific one is the last, as RFC 2253 reads it the first.
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().reversed().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .map(String::valueOf)
              .findFirst();
    } catch (InvalidNameException _) {
      return Optional.empty();
    }
  }

  /** The first of these headers that has a value. */
  private static String single(CertifiedHeaders request, List<String> headers) {
    for (String header : headers) {
      List<String> values = request.all(header);
      if (values.size() > 1) {
        throw new RequestException(
            Code.UNAUTHENTICATED, header + ": " + values.size() + " values (expected: one)");
      }
      if (!values.isEmpty()) {
        return values.getFirst();
      }
    }
    return "";
  }

  private Map<String, List<String>> extra(CertifiedHeaders request) {
    Map<String, List<String>> extra = new TreeMap<>();
    for (String prefix : names.extraPrefix()) {
      String lower = prefix.toLowerCase(Locale.ROOT);
      for (String name : request.values().keySet()) {
        if (name.startsWith(lower)) {
          extra
              .computeIfAbsent(
                  ExtraKeys.decode(name.substring(lower.length())), _ -> new ArrayList<>())
              .addAll(request.all(name));
        }
      }
    }
    return extra;
  }
}
