// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Our key and certificate. A handshake asks for a name first and for what it stands for afterwards,
 * so names are never used again: one that began before a change ends with what it began with.
 */
final class RotatingKeys extends X509ExtendedKeyManager {

  private final Map<String, Material> byName = new ConcurrentHashMap<>();
  private volatile String current;

  RotatingKeys(Material first) {
    current = first.fingerprint();
    byName.put(current, first);
  }

  /** From now on handshakes begin with this; those of the one before may still end. */
  void replace(Material next) {
    String before = current;
    byName.put(next.fingerprint(), next);
    current = next.fingerprint();
    byName.keySet().retainAll(Set.of(before, next.fingerprint()));
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    String name = current;
    Material material = byName.get(name);
    return material != null && material.key().getAlgorithm().equals(keyType) ? name : null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String name) {
    Material material = byName.get(name);
    return material == null ? null : material.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String name) {
    Material material = byName.get(name);
    return material == null ? null : material.key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    String name = chooseEngineServerAlias(keyType, issuers, null);
    return name == null ? null : new String[] {name};
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
