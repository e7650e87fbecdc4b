// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.splunk;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogBackend;
import io.logbridge.backend.LogBackendException.Reason;
import io.logbridge.backend.splunk.fake.FakeSplunk;
import io.logbridge.backend.testkit.LogBackendFixture;
import io.logbridge.backend.testkit.PageSettings;
import io.logbridge.backend.testkit.PartialForm;
import io.logbridge.backend.testkit.StoreFault;
import io.logbridge.backend.testkit.StoreFault.Moment;
import io.logbridge.backend.testkit.StoredLine;
import io.logbridge.backend.testkit.proxy.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A Splunk in this process, with events of one shape. */
class SplunkFixture implements LogBackendFixture {

  static final String INDEX = "ci-logs";

  private final Shape shape;
  private @Nullable FakeSplunk splunk;
  private URI store;
  private Collector collector;

  SplunkFixture(Shape shape) {
    this.shape = shape;
  }

  @Override
  public String name() {
    return shape.preset;
  }

  @Override
  public void start() throws Exception {
    store = startStore();
    collector = new Collector(collector(), shape, INDEX);
  }

  /** Starts Splunk with the index and says where it takes searches. */
  URI startStore() throws Exception {
    splunk = new FakeSplunk();
    splunk.createIndex(INDEX);
    splunk.createIndex("main");
    return splunk.uri();
  }

  /** Where the started Splunk takes events. */
  URI collector() {
    return splunk.uri();
  }

  /** How to log in. */
  String login() {
    return shape.login;
  }

  @Override
  public URI store() {
    return store;
  }

  @Override
  public LogBackend open(URI address, PageSettings pages) {
    Map<String, String> settings = new HashMap<>();
    settings.put("url", address.toString());
    settings.put("index", INDEX);
    settings.put("fields.preset", shape.preset);
    settings.put("pageSize.initial", String.valueOf(pages.first()));
    settings.put("pageSize.max", String.valueOf(pages.max()));
    settings.put("pageSize.bytes", String.valueOf(pages.maxBytes()));
    settings.putAll(TestBackends.login(login()));
    return TestBackends.open(settings);
  }

  @Override
  public List<String> secrets() {
    String pair = FakeSplunk.USER + ":" + FakeSplunk.PASSWORD;
    return List.of(
        FakeSplunk.PASSWORD,
        FakeSplunk.TOKEN,
        Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
        FakeSplunk.KEY_PREFIX);
  }

  @Override
  public void ingest(List<StoredLine> lines) throws Exception {
    collector.send(lines, this::send);
  }

  /** Sends events in the form of the collector; they are found when it returns. */
  void send(String messages, int count) throws Exception {
    collector.send(messages);
  }

  @Override
  public Optional<String> ingestOddity(ContainerRef container, Instant time) throws Exception {
    ObjectNode event = shape.oddity(container);
    if (event == null) {
      return Optional.empty();
    }
    send(Shape.message(time, INDEX, event), 1);
    return Optional.of(event.toString());
  }

  @Override
  public Duration resolution() {
    return shape.resolution;
  }

  @Override
  public Set<PartialForm> partialForms() {
    return shape.partialForms;
  }

  @Override
  public boolean holds(String text) {
    return shape.holdsEmptyLines() || !text.isEmpty();
  }

  @Override
  public HttpAnswer refusal(int status, String detail) {
    return HttpAnswer.json(status, FakeSplunk.refusal("ERROR", detail));
  }

  @Override
  public List<StoreFault> storeFaults() {
    List<StoreFault> faults = new ArrayList<>();
    for (Moment moment : Moment.values()) {
      faults.add(
          says(
              moment,
              "a search peer is down",
              Reason.INCOMPLETE,
              "WARN",
              "Unable to distribute to peer named idx2 at uri https://idx2:8089 because peer has"
                  + " status = \"Down\"."));
      faults.add(
          says(
              moment,
              "the search was ended early",
              Reason.INCOMPLETE,
              "INFO",
              "Search auto-finalized after time limit reached (30 seconds)."));
      faults.add(
          says(
              moment,
              "an error that nobody knows",
              Reason.INCOMPLETE,
              "ERROR",
              "Something of which nothing is written anywhere."));
      faults.add(
          says(
              moment,
              "the search process crashed",
              Reason.UNAVAILABLE,
              "FATAL",
              "The search process with sid=1 was forcefully terminated: the search process"
                  + " crashed."));
      faults.add(
          new StoreFault(
              moment + ": too many searches",
              moment,
              Reason.THROTTLED,
              (_, _) -> splunk.fill(),
              (_, _) -> splunk.heal()));
      faults.add(
          new StoreFault(
              moment + ": the results end at the end of a row",
              moment,
              Reason.MALFORMED,
              (_, _) -> splunk.dieAfter(0),
              (_, _) -> splunk.heal()));
      faults.add(
          new StoreFault(
              moment + ": the sessions expire",
              moment,
              null,
              (_, _) -> splunk.expireSessions(),
              null));
      faults.add(
          new StoreFault(
              moment + ": harmless messages",
              moment,
              null,
              (_, _) -> splunk.say("DEBUG", "base lispy: [ AND index::ci-logs ]"),
              (_, _) -> splunk.heal()));
    }
    return faults;
  }

  private StoreFault says(Moment moment, String name, Reason reason, String type, String text) {
    return new StoreFault(
        moment + ": " + name,
        moment,
        reason,
        (_, _) -> splunk.say(type, text),
        (_, _) -> splunk.heal());
  }

  @Override
  public int heldForReaders() {
    return splunk.running();
  }

  @Override
  public void close() throws IOException {
    if (splunk != null) {
      splunk.close();
    }
  }
}
