// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * Nothing of who builds the server, when and where is in what is built. That two builds are the
 * same is shown by {@code check-reproducible}; this is what can be seen of one.
 */
class JarIT {

  private static final Path JAR = Path.of("../adapter/target/logbridge.jar");
  private static final Pattern TIMESTAMP =
      Pattern.compile("<project\\.build\\.outputTimestamp>([^<]+)<");

  @Test
  void everyEntry_hasTheTimeOfThePomAndNotOfTheBuild() throws IOException {
    Matcher timestamp = TIMESTAMP.matcher(Files.readString(Path.of("../pom.xml")));
    assertThat(timestamp.find()).isTrue();
    LocalDateTime time =
        OffsetDateTime.parse(timestamp.group(1))
            .withOffsetSameInstant(ZoneOffset.UTC)
            .toLocalDateTime();

    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream()).isNotEmpty().extracting(ZipEntry::getTimeLocal).containsOnly(time);
    }
  }

  @Test
  void manifest_saysNothingOfTheMachine() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().keySet())
          .extracting(name -> ((Attributes.Name) name).toString())
          .containsExactlyInAnyOrder(
              "Manifest-Version",
              "Created-By",
              "Build-Jdk-Spec",
              "Class-Path",
              "Enable-Native-Access",
              "Implementation-Title",
              "Implementation-Version",
              "Java-Version",
              "Main-Class");
    }
  }
}
