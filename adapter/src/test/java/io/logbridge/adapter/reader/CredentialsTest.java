// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {

  /** By which the client library is told of the file, as by the variable KUBECONFIG. */
  private static final String KUBECONFIG = "kubeconfig";

  @TempDir private Path folder;

  @BeforeEach
  void useThatKubeconfig() throws IOException {
    Files.writeString(folder.resolve("token"), "token-of-a-file\n");
    Path plugin =
        Files.writeString(
            folder.resolve("plugin"),
            """
            #!/bin/sh
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"token-of-a-plugin"}}'
            """);
    Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));
    Path file =
        Files.writeString(
            folder.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            clusters:
            - {name: here, cluster: {server: "https://127.0.0.1:6443"}}
            users:
            - {name: jane, user: {token: janes-token}}
            - {name: file, user: {tokenFile: %s}}
            - name: plugin
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1
                  command: %s
                  interactiveMode: Never
            - {name: nobody, user: {}}
            contexts:
            - {name: janes, context: {cluster: here, user: jane}}
            - {name: files, context: {cluster: here, user: file}}
            - {name: plugins, context: {cluster: here, user: plugin}}
            - {name: nobodys, context: {cluster: here, user: nobody}}
            current-context: janes
            """
                .formatted(folder.resolve("token"), plugin));
    System.setProperty(KUBECONFIG, file.toString());
  }

  @AfterEach
  void forgetIt() {
    System.clearProperty(KUBECONFIG);
  }

  @Test
  void theUserOfTheCurrentContext_isTakenUnlessAnotherIsNamed() throws Exception {
    assertThat(Credentials.hasKubeconfig()).isTrue();
    assertThat(Credentials.kubeconfig(null).token()).isEqualTo("janes-token");
    assertThat(Credentials.kubeconfig("files").token()).isEqualTo("token-of-a-file");
    assertThat(Credentials.kubeconfig("plugins").token()).isEqualTo("token-of-a-plugin");
  }

  @Test
  void aUserWithoutACredential_isNobody() throws Exception {
    Credentials nobody = Credentials.kubeconfig("nobodys");

    assertThat(nobody.token()).isNull();
    assertThat(nobody.keys()).isEmpty();
    assertThat(nobody.origin()).startsWith("nobody: expected --token-file, ");
  }

  @Test
  void aContextThatIsNotThere_isNamed() {
    assertThatThrownBy(() -> Credentials.kubeconfig("typo"))
        .isInstanceOf(ReaderException.class)
        .hasMessage("--context: \"typo\" (expected: a context of the kubeconfig)");
  }

  @Test
  void withoutAKubeconfig_thereIsNone() {
    System.setProperty(KUBECONFIG, folder.resolve("none").toString());

    assertThat(Credentials.hasKubeconfig()).isFalse();
  }

  @Test
  void aTokenInAFile_isReadWithoutTheEndOfItsLine() throws Exception {
    Credentials credentials = Credentials.file(folder.resolve("token"));

    assertThat(credentials.token()).isEqualTo("token-of-a-file");
    assertThat(credentials.toString()).isEqualTo("the token in " + folder.resolve("token"));
    assertThatThrownBy(() -> Credentials.file(folder.resolve("none")))
        .isInstanceOf(ReaderException.class)
        .hasMessage(
            "--token-file: \"" + folder.resolve("none") + "\" (expected: a file that can be read)");
  }
}
