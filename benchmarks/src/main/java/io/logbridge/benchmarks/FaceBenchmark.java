// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/**
 * How soon the first bytes of a log are there on each face, against the first message over gRPC.
 */
final class FaceBenchmark {

  private static final Duration CEILING = Duration.ofMinutes(1);
  private static final int WARM_UP = 30;
  private static final int OK = 200;

  private final Laboratory laboratory;
  private final SampleLog log;
  private final int repetitions;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  FaceBenchmark(Laboratory laboratory, SampleLog log, int repetitions) {
    this.laboratory = laboratory;
    this.log = log;
    this.repetitions = repetitions;
  }

  /** A face, and where it has the log. */
  private record Face(String name, String path) {}

  private List<Face> faces() {
    return List.of(
        new Face("REST", "/apis/results.tekton.dev/v1alpha3/parents/" + log.name()),
        new Face(
            "Dashboard",
            "/logs/%s/%s/%s?".formatted(SampleLog.NAMESPACE, log.pod(), SampleLog.CONTAINER)),
        new Face(
            "kube",
            "/kube/api/v1/namespaces/%s/pods/%s/log?container=%s"
                .formatted(SampleLog.NAMESPACE, log.pod(), SampleLog.CONTAINER)));
  }

  void run() throws IOException, InterruptedException {
    laboratory.say("");
    laboratory.say("faces: %,d repetitions on a log of %,d lines", repetitions, log.lines());
    List<Face> faces = faces();
    double[] grpc = new double[repetitions];
    double[][] millis = new double[faces.size()][repetitions];
    try (ServerProcess server = laboratory.server(256);
        LogClient client = new LogClient(server.port(), LogClient.LARGE_WINDOW)) {
      for (int i = -WARM_UP; i < repetitions; i++) {
        double message = FirstByteBenchmark.firstMessage(client, log) / 1e6;
        for (int face = 0; face < faces.size(); face++) {
          double bytes = firstBytes(server.port(), faces.get(face)) / 1e6;
          if (i >= 0) {
            millis[face][i] = bytes;
          }
        }
        if (i >= 0) {
          grpc[i] = message;
        }
      }
    }
    Sample base = Sample.of(grpc);
    report("gRPC, first message", base, base);
    for (int face = 0; face < faces.size(); face++) {
      report(faces.get(face).name() + ", first bytes", Sample.of(millis[face]), base);
    }
  }

  private long firstBytes(int port, Face face) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + face.path()))
            .header("Accept-Encoding", "gzip")
            .timeout(CEILING)
            .build();
    long start = System.nanoTime();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != OK || body.read() < 0) {
        throw new IOException(face + ": " + response.statusCode() + " (expected: 200 and lines)");
      }
      return System.nanoTime() - start;
    }
  }

  private void report(String what, Sample sample, Sample base) {
    laboratory.say(
        "%s: p50 %.1f ms, p90 %.1f, p99 %.1f, max %.1f; %.2f of gRPC (p50), %.2f (p99)",
        what,
        sample.median(),
        sample.percentile(90),
        sample.percentile(99),
        sample.max(),
        sample.median() / base.median(),
        sample.percentile(99) / base.percentile(99));
  }
}
