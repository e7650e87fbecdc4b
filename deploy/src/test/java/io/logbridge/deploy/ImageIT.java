// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The image that {@code -P image} makes, run without a container engine: its layers are laid over
 * each other in a folder, which then is the root of the server's process. Changing the root, and
 * mounting {@code /proc} in it, takes the rights of root; the server itself runs as the user that
 * the image names.
 */
@Timeout(300)
class ImageIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CEILING = Duration.ofSeconds(120);
  private static final Path ARCHIVE = Path.of("target", "logbridge-image.tar");

  @TempDir private static Path folder;

  private static Path layout;
  private static Path root;
  private static JsonNode manifest;
  private static JsonNode config;
  private static List<String> writable;

  private Process server;

  @BeforeAll
  static void unpack() throws Exception {
    layout = Files.createDirectory(folder.resolve("layout"));
    root = Files.createDirectory(folder.resolve("root"));
    run("tar", "-xf", ARCHIVE.toString(), "-C", layout.toString());
    JsonNode index = json(layout.resolve("index.json"));
    manifest = json(blob(index.at("/manifests/0")));
    config = json(blob(manifest.path("config"))).path("config");
    for (JsonNode layer : manifest.path("layers")) {
      run("tar", "-xzpf", blob(layer).toString(), "-C", root.toString());
    }
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    writable = writable();
    provideWhatEveryContainerHas();
  }

  @AfterAll
  static void unmount() throws Exception {
    run("umount", root.resolve("proc").toString());
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null) {
      server.destroy();
      assertThat(server.waitFor(CEILING)).isTrue();
    }
  }

  @Test
  void archive_isALayoutOfOciWhoseBlobsAreWhatTheyAreCalled() throws Exception {
    assertThat(json(layout.resolve("oci-layout")).path("imageLayoutVersion").stringValue())
        .isEqualTo("1.0.0");
    assertThat(manifest.path("layers"))
        .isNotEmpty()
        .allSatisfy(layer ->
            assertThat(layer.path("mediaType").stringValue())
                .isEqualTo("application/vnd.oci.image.layer.v1.tar+gzip"));
    try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
      for (Path blob : blobs.toList()) {
        assertThat(blob.getFileName()).hasToString(sha256(blob));
      }
    }
  }

  @Test
  void configuration_isThatOfTheDockerfile() throws IOException {
    String dockerfile = Files.readString(Manifests.ROOT.resolve("Dockerfile"));

    assertThat(dockerfile)
        .contains("USER " + config.path("User").stringValue())
        .contains("CMD " + config.path("Cmd").toString().replace(",", ", "))
        .contains(
            "ENTRYPOINT "
                + config
                    .path("Entrypoint")
                    .toString()
                    .replace("/opt/java/bin/java", "java")
                    .replace(",", ", "))
        .contains(config.path("Env").get(0).stringValue().replaceFirst("=(.*)", "=\"$1\""))
        .contains("EXPOSE 8080 9090");
    assertThat(config.path("ExposedPorts").propertyNames())
        .containsExactlyInAnyOrder("8080/tcp", "9090/tcp");
  }

  /** So that a root that nobody can write to changes nothing. */
  @Test
  void itsUser_canWriteToNothingButTheFolderForTemporaryFiles() {
    assertThat(writable).containsExactly("/tmp");
  }

  private static List<String> writable() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> !Files.isSymbolicLink(file))
          .filter(ImageIT::isWritableByOthers)
          .map(file -> "/" + root.relativize(file))
          .toList();
    }
  }

  private static boolean isWritableByOthers(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE)
          || !Files.getAttribute(file, "unix:uid").equals(0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void program_runs() throws Exception {
    Process version = inImage("--version");

    assertThat(new String(version.getInputStream().readAllBytes()))
        .matches("logbridge \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
    assertThat(version.waitFor()).isZero();
  }

  @Test
  void server_servesAsAUserWithoutRights() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setPGStartupWait(CEILING).start()) {
      int port = freePort(); // as late as may be: nobody keeps it free
      Files.createDirectories(root.resolve("etc/logbridge"));
      Files.writeString(
          root.resolve("etc/logbridge/logbridge.yaml"),
          """
          auth: {mode: none}
          server:
            port: %d
            operationsPort: 0
          database: {url: "%s", user: postgres, migrate: true}
          logStorage: {backendType: None}
          """
              .formatted(port, postgres.getJdbcUrl("postgres", "postgres")));
      server = inImage("serve", "--config", "/etc/logbridge/logbridge.yaml");
      try (HttpClient http = HttpClient.newHttpClient()) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz")).build();
        HttpResponse<String> health =
            Awaitility.await()
                .atMost(CEILING)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> http.send(request, BodyHandlers.ofString()), answer -> true);

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("SERVING");
        assertThat(uid(server)).isEqualTo("10001");
      }
      stop();
    }
  }

  private static String uid(Process process) throws IOException {
    return Files.getAttribute(Path.of("/proc/" + process.pid()), "unix:uid").toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A process of the image, as its configuration says, with other arguments. */
  private static Process inImage(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("chroot", "--userspec=" + config.path("User").stringValue(), root.toString()));
    config.path("Entrypoint").forEach(part -> command.add(part.stringValue()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile());
    String path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    for (JsonNode variable : config.path("Env")) {
      String[] parts = variable.stringValue().split("=", 2);
      builder.environment().put(parts[0], parts[1]);
    }
    return builder.start();
  }

  private static void provideWhatEveryContainerHas() throws Exception {
    Path proc = Files.createDirectory(root.resolve("proc"));
    run("mount", "-t", "proc", "proc", proc.toString());
    Path devices = Files.createDirectory(root.resolve("dev"));
    run("mknod", "-m", "666", devices.resolve("null").toString(), "c", "1", "3");
    run("mknod", "-m", "666", devices.resolve("random").toString(), "c", "1", "8");
    run("mknod", "-m", "666", devices.resolve("urandom").toString(), "c", "1", "9");
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(CEILING.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command) + "\n" + output).isZero();
  }

  private static Path blob(JsonNode descriptor) {
    String digest = descriptor.path("digest").stringValue();
    return layout.resolve("blobs").resolve(digest.replace(':', '/'));
  }

  private static JsonNode json(Path file) throws IOException {
    return JSON.readTree(Files.readString(file));
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
