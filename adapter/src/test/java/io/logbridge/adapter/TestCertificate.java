// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A self-signed certificate for 127.0.0.1 and its key, made at test time. */
public record TestCertificate(KeyStore keys) {

  private static final char[] PASSWORD = "password".toCharArray();

  public static TestCertificate create(Path folder, String name, String algorithm)
      throws Exception {
    return create(folder, name, algorithm, "san=ip:127.0.0.1");
  }

  /** One that may make out others. */
  static TestCertificate authority(Path folder, String name) throws Exception {
    return create(folder, name, "EC", "bc=ca:true");
  }

  private static TestCertificate create(
      Path folder, String name, String algorithm, String extension) throws Exception {
    Path file = file(folder, name);
    keytool(
        file,
        "-genkeypair",
        "-keyalg",
        algorithm,
        "-dname",
        "CN=" + name + ",O=test",
        "-ext",
        extension);
    return new TestCertificate(KeyStore.getInstance(file.toFile(), PASSWORD));
  }

  /**
   * A certificate for a client that an authority has made out.
   *
   * @param authority that was made in the same folder
   */
  static TestCertificate issued(Path folder, String authority, String name) throws Exception {
    create(folder, name, "EC");
    Path request = folder.resolve(name + ".csr");
    Path answer = folder.resolve(name + ".crt");
    Path issuer = folder.resolve(authority + ".crt");
    keytool(file(folder, name), "-certreq", "-file", request.toString());
    keytool(
        file(folder, authority),
        "-gencert",
        "-rfc",
        "-ext",
        "eku=clientAuth",
        "-infile",
        request.toString(),
        "-outfile",
        answer.toString());
    keytool(file(folder, authority), "-exportcert", "-rfc", "-file", issuer.toString());
    Path chain = folder.resolve(name + ".chain");
    Files.writeString(chain, Files.readString(answer) + Files.readString(issuer));
    keytool(file(folder, name), "-importcert", "-noprompt", "-file", chain.toString());
    return new TestCertificate(KeyStore.getInstance(file(folder, name).toFile(), PASSWORD));
  }

  private static Path file(Path folder, String name) {
    return folder.resolve(name + ".p12");
  }

  private static void keytool(Path store, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-alias", "key", "-keystore", store.toString(), "-storepass", new String(PASSWORD)));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(keytool.exitValue()).as("%s", command).isZero();
  }

  X509Certificate certificate() throws Exception {
    return (X509Certificate) keys.getCertificate("key");
  }

  String certificatePem() throws Exception {
    return pem("CERTIFICATE", certificate().getEncoded());
  }

  String keyPem() throws Exception {
    return pem("PRIVATE KEY", keys.getKey("key", PASSWORD).getEncoded());
  }

  private static String pem(String what, byte[] content) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what);
  }

  /** Writes both files, each at once as Kubernetes does. */
  public void writeTo(Path certificateFile, Path keyFile) throws Exception {
    Files.writeString(certificateFile, certificatePem());
    Files.writeString(keyFile, keyPem());
  }

  KeyManagerFactory keyManagers() throws Exception {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    return factory;
  }

  /** Trust in this certificate and no other. */
  TrustManagerFactory trustManagers() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("it", certificate());
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    return factory;
  }

  /** For a client that trusts this certificate alone and shows another, or none. */
  public SSLContext client(@Nullable TestCertificate shown) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        shown == null ? null : shown.keyManagers().getKeyManagers(),
        trustManagers().getTrustManagers(),
        null);
    return context;
  }
}
