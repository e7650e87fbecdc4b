// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The files of this module. Tests run in the module's folder. */
final class Manifests {

  static final Path ROOT = Path.of("").toAbsolutePath();

  private static final YAMLMapper YAML = new YAMLMapper();

  private Manifests() {}

  /** All documents of a file, relative to the module. */
  static List<JsonNode> documents(String file) {
    return documents(ROOT.resolve(file));
  }

  static List<JsonNode> documents(Path file) {
    List<JsonNode> documents = new ArrayList<>();
    try (var reader = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      reader.forEachRemaining(documents::add);
    }
    return documents;
  }

  /** The only document of a file. */
  static JsonNode document(String file) {
    List<JsonNode> documents = documents(file);
    if (documents.size() != 1) {
      throw new IllegalArgumentException(file + " has " + documents.size() + " documents");
    }
    return documents.getFirst();
  }

  /** The objects that a kustomization names, with those of the folders that it builds on. */
  static List<JsonNode> resources(Path folder) {
    JsonNode kustomization = documents(folder.resolve("kustomization.yaml")).getFirst();
    return elements(kustomization.path("resources"))
        .map(resource -> folder.resolve(resource.stringValue()).normalize())
        .flatMap(
            path -> Files.isDirectory(path) ? resources(path).stream() : documents(path).stream())
        .toList();
  }

  /** Every folder with a kustomization. */
  static List<Path> kustomizations() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.endsWith("kustomization.yaml"))
          .filter(file -> !file.startsWith(ROOT.resolve("target")))
          .map(Path::getParent)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
