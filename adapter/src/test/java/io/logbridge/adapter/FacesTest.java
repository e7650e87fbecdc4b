// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.auth.AuthConfig;
import io.logbridge.adapter.auth.BasicCredentials;
import io.logbridge.adapter.auth.DashboardConfig;
import io.logbridge.adapter.config.AdapterConfig;
import io.logbridge.adapter.reader.Credentials;
import io.logbridge.adapter.reader.LogReader;
import io.logbridge.adapter.reader.LogRequest;
import io.logbridge.adapter.reader.ReaderException;
import io.logbridge.adapter.record.Database;
import io.logbridge.adapter.record.DatabaseConfig;
import io.logbridge.adapter.record.TestDatabase;
import io.logbridge.adapter.stream.ListBackend;
import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackendException;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.LogEntry;
import io.logbridge.backend.LogStream;
import io.logbridge.backend.Secret;
import io.logbridge.backend.TimeRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Dashboard and the command-line reader against the whole server but for the store. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class FacesTest {

  private static final Instant T0 = Instant.parse("2026-08-20T10:00:00Z");
  private static final int LINES = 1_000;
  private static final String POD = "/logs/ns/run-pod/step-build";

  private final ListBackend store = new ListBackend(100);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private LogbridgeServer server;

  @BeforeAll
  void start() {
    DatabaseConfig databaseConfig = TestDatabase.empty(true);
    Instant now = Instant.now();
    try (Database database = Database.open(databaseConfig)) {
      taskRun(
          database,
          "run",
          "'podName':'run-pod','startTime':'2026-08-20T10:00:00Z','completionTime':'2026-08-20T10:01:00Z',"
              + "'retriesStatus':[{'podName':'run-pod-retry0','startTime':'2026-08-20T09:00:00Z',"
              + "'completionTime':'2026-08-20T09:01:00Z','steps':[{'name':'build','container':'step-build'}]}],");
      taskRun(database, "odd", "'podName':'odd-pod','startTime':'2026-08-20T10:00:00Z',");
      taskRun(
          database,
          "fresh",
          "'podName':'fresh-pod','startTime':'%s','completionTime':'%s',"
              .formatted(now.minusSeconds(60), now.minusSeconds(1)));
    }
    ContainerRef build = new ContainerRef("ns", "run-pod", null, "step-build");
    for (int i = 0; i < LINES; i++) {
      store.add(build, LogEntry.of(T0.plusMillis(i), LogStream.STDOUT, "line " + i));
    }
    store.add(
        new ContainerRef("ns", "run-pod-retry0", null, "step-build"),
        LogEntry.of(T0.minusSeconds(3600), LogStream.STDOUT, "first try"));
    ContainerRef odd = new ContainerRef("ns", "odd-pod", null, "step-build");
    for (String text : List.of("<html><script>x</script>", "%PDF-1.4", "\0", "\u001b[31mred")) {
      store.add(odd, LogEntry.of(T0, LogStream.STDOUT, text));
    }
    ContainerRef stranger = new ContainerRef("ns", "stranger", null, "step-build");
    store.add(stranger, LogEntry.of(T0, LogStream.STDOUT, "from nowhere"));
    server = LogbridgeServer.start(config(databaseConfig));
  }

  private AdapterConfig config(DatabaseConfig database) {
    return TestConfig.of(
        TestConfig.SERVER,
        new AuthConfig.None(),
        database,
        new DashboardConfig(
            true,
            BasicCredentials.of(
                Secret.of("# two Dashboards\nops:s3cret *\n\nteam:other ns-a,ns-b\n")),
            true),
        store);
  }

  private static void taskRun(Database database, String name, String status) {
    TestDatabase.record(
        database,
        "ns/results/r/records/" + name,
        "tekton.dev/v1.TaskRun",
        "{'metadata':{'name':'%s','namespace':'ns','uid':'%s-uid'},'status':{%s'steps':[{'name':'build','container':'step-build'}]}}"
            .formatted(name, name, status)
            .replace('\'', '"'));
  }

  @AfterAll
  void stop() {
    server.close();
    http.close();
  }

  @AfterEach
  void healTheStore() {
    store.hook = _ -> {};
    store.queries.clear();
  }

  @Test
  void dashboard_getsTextWithTimestamps_alsoWithoutTimesAsTheDownloadButtonAsks() throws Exception {
    for (String query :
        List.of(
            "?", "?startTime=2026-08-20T10%3A00%3A00Z&completionTime=2026-08-20T10%3A01%3A00Z")) {
      HttpResponse<byte[]> response = get(POD + query, "ops:s3cret", null);

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().map())
          .containsEntry("content-type", List.of("text/plain; charset=utf-8"))
          .containsEntry("x-content-type-options", List.of("nosniff"))
          .doesNotContainKeys("content-encoding", "set-cookie");
      assertThat(new String(response.body(), UTF_8)).isEqualTo(stamped(0, LINES));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?startTime=2026-08-20T10%3A00%3A30Z&completionTime=2026-08-20T10%3A00%3A31Z",
        "?startTime=2020-01-01T00%3A00%3A00Z",
        "?startTime=nonsense"
      })
  void dashboard_timesAreNotTrusted_theRecordKnowsBetter(String query) throws Exception {
    assertThat(text(POD + query)).isEqualTo(stamped(0, LINES));
  }

  @Test
  void dashboard_findsThePodOfAnEarlierAttempt() throws Exception {
    assertThat(text("/logs/ns/run-pod-retry0/step-build?"))
        .isEqualTo("2026-08-20T09:00:00.000000000Z first try\n");
  }

  @Test
  void dashboard_compressesForAProxyThatAsks() throws Exception {
    HttpResponse<byte[]> response = get(POD + "?", "ops:s3cret", "gzip");

    assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(new String(plain.readAllBytes(), UTF_8)).isEqualTo(stamped(0, LINES));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip;q=0", "identity", "br"})
  void dashboard_doesNotCompressForOthers(String accepted) throws Exception {
    assertThat(get(POD + "?", "ops:s3cret", accepted).headers().firstValue("content-encoding"))
        .isEmpty();
  }

  @Test
  void dashboard_anEmptyLog_isAnEmptyTextAndNot204() throws Exception {
    HttpResponse<byte[]> response = get("/logs/ns/run-pod/sidecar-db?", "ops:s3cret", "gzip");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().map())
        .containsEntry("content-type", List.of("text/plain; charset=utf-8"))
        .containsEntry("content-length", List.of("0"));
    assertThat(response.body()).isEmpty();
  }

  @Test
  void dashboard_whateverTheLogHolds_itIsText() throws Exception {
    HttpResponse<byte[]> response = get("/logs/ns/odd-pod/step-build?", "ops:s3cret", null);

    assertThat(response.headers().map())
        .containsEntry("content-type", List.of("text/plain; charset=utf-8"))
        .containsEntry("x-content-type-options", List.of("nosniff"));
    assertThat(new String(response.body(), UTF_8).lines().map(line -> line.substring(31)))
        .containsExactly("<html><script>x</script>", "%PDF-1.4", "\0", "\u001b[31mred");
  }

  @Test
  void dashboard_aStoreThatFailsAtOnce_isALineThatTheUserSees() throws Exception {
    failOnPage(1);

    assertThat(text(POD + "?"))
        .isEqualTo("::error::[logbridge] the log is not complete: the store says no\n");
  }

  @Test
  void dashboard_aStoreThatFailsLater_isALineAfterThoseBefore() throws Exception {
    failOnPage(8);

    String text = text(POD + "?");

    String error = "::error::[logbridge] the log is not complete: the store says no\n";
    assertThat(text).endsWith(error);
    assertThat(stamped(0, LINES)).startsWith(text.substring(0, text.length() - error.length()));
  }

  @Test
  void dashboard_aRunOlderThanTheRetention_isANotice() throws Exception {
    store.hook =
        _ -> {
          throw new LogBackendException(Reason.NOT_FOUND, "no index for 2026-08-20");
        };

    assertThat(text(POD + "?")).isEqualTo("::notice::[logbridge] no index for 2026-08-20\n");
  }

  @Test
  void dashboard_aRunThatEndedAMomentAgo_saysThatLinesMayFollow() throws Exception {
    assertThat(text("/logs/ns/fresh-pod/step-build?"))
        .isEqualTo(
            "::notice::[logbridge] the step ended a moment ago: its last lines may be on their"
                + " way\n");
  }

  @Test
  void dashboard_aPodThatNoRecordKnows_isBoundedByTheGivenTimes() throws Exception {
    String times = "?startTime=2026-08-20T10%3A00%3A00Z&completionTime=2026-08-20T10%3A01%3A00Z";

    assertThat(text("/logs/ns/stranger/step-build" + times))
        .isEqualTo("2026-08-20T10:00:00.000000000Z from nowhere\n");
    assertThat(store.queries)
        .extracting(query -> query.range())
        .containsExactly(new TimeRange(T0.minusSeconds(60), T0.plusSeconds(660)));
    assertThat(text("/logs/ns/stranger/step-build?"))
        .isEqualTo("::notice::[logbridge] no record knows pod stranger, so its log is unknown\n");
    assertThat(text("/logs/ns/stranger/step-build?startTime=yesterday"))
        .isEqualTo(
            "::error::[logbridge] the log is not complete: startTime: \"yesterday\" (expected: a"
                + " time as in 2026-08-20T10:00:00Z (RFC 3339))\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/logs/NS/run-pod/step-build,400",
    "/logs/ns/run_pod/step-build,400",
    "/logs/ns/run-pod/step%20build,400",
    "/logs/ns/run-pod/step-build%22,400",
    "/logs/ns/a%2Fb/c/step-build,404",
    "/logs/ns/run-pod,404",
    "/logs/ns/../ns/run-pod,404",
  })
  void dashboard_aNameThatIsNone_reachesNoQuery(String path, int status) throws Exception {
    assertThat(get(path + "?", "ops:s3cret", null).statusCode()).isEqualTo(status);
    assertThat(store.queries).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ops:wrong,401", "team:s3cret,401", ",401", "team:other,403"})
  void dashboard_aCredentialThatDoesNotReach_readsNothing(@Nullable String credential, int status)
      throws Exception {
    HttpResponse<byte[]> response = get(POD + "?", credential, null);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().map())
        .containsEntry("content-type", List.of("text/plain; charset=utf-8"));
    assertThat(response.headers().firstValue("www-authenticate").isPresent())
        .isEqualTo(status == 401);
    assertThat(store.queries).isEmpty();
  }

  @Test
  void reader_printsTheLogWithItsStep() throws Exception {
    assertThat(read(false, Map.of("tailLines", List.of("2"))))
        .isEqualTo("[build] line 998\n[build] line 999\n");
  }

  @Test
  void reader_printsEveryLine() throws Exception {
    assertThat(read(false, Map.of()))
        .isEqualTo(
            "[build] first try\n"
                + IntStream.range(0, LINES)
                    .mapToObj(i -> "[build] line " + i + "\n")
                    .collect(Collectors.joining()));
  }

  @Test
  void reader_coloursStepsOnly() throws Exception {
    assertThat(read(true, Map.of("tailLines", List.of("1"))))
        .isEqualTo("\u001b[36m[build]\u001b[0m line 999\n");
  }

  @Test
  void reader_aLogThatIsCut_failsWithTheReasonAfterWhatThereIs() {
    failOnPage(8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> reader("ns/results/r/logs/run", Map.of()).print(out, false))
        .isInstanceOf(ReaderException.class)
        .hasMessage("the log is not complete: the store says no (INTERNAL)");
    assertThat(out.toString(UTF_8)).startsWith("[build] first try\n[build] line 0\n");
  }

  @Test
  void reader_whatCannotBeAnswered_isSaid() {
    assertThatThrownBy(() ->
            reader("ns/results/r/logs/nothing", Map.of()).print(new ByteArrayOutputStream(), false))
        .isInstanceOf(ReaderException.class)
        .hasMessage("record not found: ns/results/r/logs/nothing");
  }

  private String read(boolean coloured, Map<String, List<String>> options) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean unsettled = reader("ns/results/r/logs/run", options).print(out, coloured);
    assertThat(unsettled).isFalse();
    return out.toString(UTF_8);
  }

  private LogReader reader(String name, Map<String, List<String>> options) {
    return new LogReader(
        new LogRequest(
            uri("/"), name, Credentials.token("a-token", "test"), options, false, true, false),
        null);
  }

  private String text(String path) throws Exception {
    HttpResponse<byte[]> response = get(path, "ops:s3cret", null);
    assertThat(response.statusCode()).isEqualTo(200);
    return new String(response.body(), UTF_8);
  }

  private HttpResponse<byte[]> get(
      String path, @Nullable String credential, @Nullable String accepted) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
    if (credential != null) {
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(credential.getBytes(UTF_8)));
    }
    if (accepted != null) {
      request.header("Accept-Encoding", accepted);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private void failOnPage(int failing) {
    store.hook =
        page -> {
          if (page == failing) {
            throw new LogBackendException(Reason.BAD_QUERY, "the store says no");
          }
        };
  }

  private static String stamped(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "2026-08-20T10:00:00.%09dZ line %d\n".formatted(i * 1_000_000, i))
        .collect(Collectors.joining());
  }
}
