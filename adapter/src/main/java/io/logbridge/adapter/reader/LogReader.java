// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.reader;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a log as JSON lines and prints it as it comes. */
public final class LogReader {

  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final LogRequest request;
  private final @Nullable SSLContext tls;

  /**
   * Does not connect yet.
   *
   * @param tls whom to trust; {@code null} for whom the platform trusts
   */
  public LogReader(LogRequest request, @Nullable SSLContext tls) {
    this.request = request;
    this.tls = tls;
  }

  /**
   * Prints the whole log.
   *
   * @param coloured whether steps have colours
   * @return whether the server says that lines may still be on their way to the store
   * @throws ReaderException if the log is not complete, however much of it has been printed
   * @throws IOException if it cannot be printed
   */
  public boolean print(OutputStream out, boolean coloured) throws ReaderException, IOException {
    LinePrinter printer = new LinePrinter(out, request, coloured);
    HttpURLConnection connection = connect();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body(connection), StandardCharsets.UTF_8))) {
      if (connection.getResponseCode() != 200) {
        int status = connection.getResponseCode();
        String asWhom = status == 401 ? " (asked as " + request.credentials().origin() + ")" : "";
        throw new ReaderException(reason(status, text(lines)) + asWhom);
      }
      copy(lines, printer);
      return "false".equals(connection.getHeaderField("logbridge-settled"));
    } finally {
      printer.flush();
      connection.disconnect();
    }
  }

  /** The older client of the JDK: the newer one throws away what came before a connection broke. */
  private HttpURLConnection connect() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) request.uri().toURL().openConnection();
    connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
    connection.setRequestProperty("Accept", "application/x-ndjson");
    String token = request.credentials().token();
    if (token != null) {
      connection.setRequestProperty("Authorization", "Bearer " + token);
    }
    if (tls != null && connection instanceof HttpsURLConnection https) {
      https.setSSLSocketFactory(tls.getSocketFactory());
    }
    return connection;
  }

  private InputStream body(HttpURLConnection connection) throws ReaderException {
    try {
      InputStream body =
          connection.getResponseCode() < 400
              ? connection.getInputStream()
              : connection.getErrorStream();
      return body == null ? InputStream.nullInputStream() : body;
    } catch (SSLException e) {
      throw new ReaderException(
          request.server()
              + " is not trusted, or does not trust us"
              + message(e)
              + " (expected: a certificate of an authority that is known; --ca-file names others)",
          e);
    } catch (IOException e) {
      throw new ReaderException(
          request.server() + " does not answer: " + e.getClass().getSimpleName() + message(e), e);
    }
  }

  private void copy(BufferedReader lines, LinePrinter printer) throws ReaderException, IOException {
    for (String line = read(lines); line != null; line = read(lines)) {
      JsonNode object = parse(line);
      if (object.path("type").asString("").equals("error")) {
        throw new ReaderException(
            "the log is not complete: "
                + object.path("text").asString("")
                + " ("
                + object.path("code").asString("")
                + ")");
      }
      printer.print(object, line);
      if (!lines.ready()) {
        printer.flush();
      }
    }
  }

  private static @Nullable String read(BufferedReader lines) throws ReaderException {
    try {
      return lines.readLine();
    } catch (IOException e) {
      throw new ReaderException("the log is not complete: the connection was cut", e);
    }
  }

  private static JsonNode parse(String line) throws ReaderException {
    try {
      return JSON.readTree(line);
    } catch (JacksonException e) {
      throw new ReaderException(
          "the log is not complete: the server sent a line that is not JSON", e);
    }
  }

  private static String text(BufferedReader body) throws ReaderException {
    StringBuilder text = new StringBuilder();
    for (String line = read(body); line != null; line = read(body)) {
      text.append(line).append('\n');
    }
    return text.toString().strip();
  }

  private static String reason(int status, String body) {
    try {
      String message = JSON.readTree(body).path("message").asString("");
      return message.isEmpty() ? "the server answered " + status : message;
    } catch (JacksonException _) {
      return "the server answered " + status + ": " + body;
    }
  }

  private static String message(Throwable e) {
    return e.getMessage() == null ? "" : ": " + e.getMessage();
  }
}
