// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.embedded.elasticsearch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The folder of one node: its configuration, data and temporary files. */
final class NodeFolder {

  private NodeFolder() {}

  /** A new folder below {@code parent}, with what a node wants to find. */
  static Path create(Path parent, List<User> users) throws IOException {
    Path folder = Files.createTempDirectory(parent, "logbridge-elasticsearch-");
    Files.createDirectory(folder.resolve("tmp"));
    Files.createDirectory(folder.resolve("logs"));
    Path config = Files.createDirectory(folder.resolve("config"));
    if (!users.isEmpty()) {
      writeUsers(config, users);
    }
    return folder;
  }

  /** Deletes a folder with all that is in it; one that is gone already is no failure. */
  static void delete(Path folder) throws IOException {
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (NoSuchFileException _) {
      // The node and whoever started it both delete it: the other one was first.
    }
  }

  private static void writeUsers(Path config, List<User> users) throws IOException {
    List<String> passwords = new ArrayList<>();
    Map<String, List<String>> namesByRole = new TreeMap<>();
    for (User user : users) {
      passwords.add(user.name() + ":" + user.passwordHash());
      for (String role : user.roles()) {
        namesByRole.computeIfAbsent(role, _ -> new ArrayList<>()).add(user.name());
      }
    }
    List<String> roles = new ArrayList<>();
    namesByRole.forEach((role, names) -> roles.add(role + ":" + String.join(",", names)));
    Files.write(config.resolve("users"), passwords);
    Files.write(config.resolve("users_roles"), roles);
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
