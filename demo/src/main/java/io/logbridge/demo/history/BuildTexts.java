// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.demo.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the steps of ordinary builds write. */
final class BuildTexts {

  private static final List<String> PACKAGES =
      List.of("cart", "catalog", "checkout", "customer", "order", "payment", "search", "shipping");
  private static final List<String> TESTS =
      List.of("Totals", "Repository", "Controller", "Mapper", "Validation", "Events", "Limits");
  private static final String RULE =
      "[INFO] ------------------------------------------------------------------------";

  private BuildTexts() {}

  static List<String> clone(String revision) {
    return List.of(
        "+ git init /workspace/source",
        "Initialized empty Git repository in /workspace/source/.git/",
        "+ git fetch --depth=1 origin " + revision,
        "From https://git.example.com/shop/shop-api",
        " * branch            " + revision + " -> FETCH_HEAD",
        "+ git checkout FETCH_HEAD",
        "HEAD is now at " + hex(revision.hashCode()) + " Round totals half even",
        "",
        "Successfully cloned https://git.example.com/shop/shop-api into /workspace/source");
  }

  static List<String> restoreCache() {
    return List.of(
        "restoring cache maven-8f31c2 (412 MB)",
        "downloaded 412 MB in 3.1 s",
        "unpacked 5127 files to /workspace/cache");
  }

  static List<String> compile() {
    List<String> lines = new ArrayList<>(mavenHead());
    for (String name : PACKAGES) {
      lines.add("[INFO] Compiling 4" + name.length() + " source files of io.shop." + name);
    }
    lines.addAll(mavenTail("BUILD SUCCESS", "41.872 s"));
    return lines;
  }

  static List<String> compileError() {
    List<String> lines = new ArrayList<>(mavenHead());
    lines.add("[INFO] Compiling 44 source files of io.shop.cart");
    lines.add(RULE);
    lines.add("[ERROR] COMPILATION ERROR :");
    lines.add(RULE);
    lines.add(
        "[ERROR] /workspace/source/cart/src/main/java/io/shop/cart/Totals.java:[87,31]"
            + " incompatible types: possible lossy conversion from double to long");
    lines.add("[INFO] 1 error");
    lines.addAll(mavenTail("BUILD FAILURE", "31.205 s"));
    lines.add("[ERROR] Failed to execute goal compile on project cart: Compilation failure");
    return lines;
  }

  static List<String> unitTests(int classes) {
    List<String> lines = new ArrayList<>(mavenHead());
    for (int i = 0; i < classes; i++) {
      String name =
          "io.shop."
              + PACKAGES.get(Mix.of(i, PACKAGES.size()))
              + "."
              + TESTS.get(Mix.of(i + 1, TESTS.size()))
              + i
              + "Test";
      lines.add("[INFO] Running " + name);
      lines.add(
          String.format(
              Locale.ROOT,
              "[INFO] Tests run: %d, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.%03d s"
                  + " -- in %s",
              1 + Mix.of(i + 2, 40),
              Mix.of(i + 3, 1000),
              name));
    }
    lines.addAll(mavenTail("BUILD SUCCESS", "01:22 min"));
    return lines;
  }

  static List<String> databaseRefuses() {
    List<String> lines = new ArrayList<>(mavenHead());
    for (int i = 1; i <= 30; i++) {
      lines.add("[ERROR] attempt " + i + ": Connection to localhost:5432 refused");
    }
    lines.addAll(mavenTail("BUILD FAILURE", "36.006 s"));
    return lines;
  }

  static List<String> databaseDies() {
    return List.of(
        "LOG:  starting PostgreSQL 18.6",
        "FATAL:  could not write to file \"pg_wal/xlogtemp.31\": No space left on device",
        "LOG:  database system is shut down");
  }

  static List<String> database(int statements) {
    List<String> lines = new ArrayList<>();
    lines.add("LOG:  starting PostgreSQL 18.6");
    lines.add("LOG:  database system is ready to accept connections");
    for (int i = 0; i < statements; i++) {
      lines.add("LOG:  duration: " + (100 + Mix.of(i, 900)) + ".1 ms  statement: SELECT " + i);
    }
    lines.add("LOG:  received fast shutdown request");
    return lines;
  }

  static List<String> lint() {
    return List.of(
        "checking 412 files",
        "warning: cart/README.md:14: line is longer than 100 characters",
        "0 errors, 1 warning");
  }

  static List<String> imageBuild() {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= 9; i++) {
      lines.add("STEP " + i + "/9: COPY --from=build /workspace/layer-" + i + " /app");
      lines.add("--> " + hex(Mix.of(i)));
    }
    lines.add("COMMIT registry.example.com/shop/shop-api:1.8.0");
    return lines;
  }

  static List<String> imagePush() {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= 9; i++) {
      lines.add("Copying blob sha256:" + hex(Mix.of(i)) + hex(Mix.of(i + 20)));
    }
    lines.add("Writing manifest to image destination");
    return lines;
  }

  static List<String> smokeTest() {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      lines.add("GET https://shop.example.com/health -> 200 (" + i + ")");
    }
    return lines;
  }

  private static List<String> mavenHead() {
    return List.of(
        "[INFO] Scanning for projects...", "[INFO]", "[INFO] Building shop-api 1.8.0", RULE);
  }

  private static List<String> mavenTail(String result, String time) {
    return List.of(RULE, "[INFO] " + result, RULE, "[INFO] Total time:  " + time, RULE);
  }

  private static String hex(long number) {
    return String.format(Locale.ROOT, "%016x", number);
  }
}
