// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube;

import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.logbridge.adapter.api.AccessLog;
import io.logbridge.adapter.api.DirectRefusals;
import io.logbridge.adapter.api.Failure;
import io.logbridge.adapter.api.HttpAnswers;
import io.logbridge.adapter.api.HttpCall;
import io.logbridge.adapter.api.HttpHeaders;
import io.logbridge.adapter.api.Refusals;
import io.logbridge.adapter.api.RequestBody;
import io.logbridge.adapter.auth.AccessGate;
import io.logbridge.adapter.auth.Caller;
import io.logbridge.adapter.kube.KubePath.Objects;
import io.logbridge.adapter.kube.object.ArchiveApi;
import io.logbridge.adapter.kube.object.KubeObjects;
import io.logbridge.adapter.kube.object.KubeResource;
import io.logbridge.adapter.kube.object.KubeWatch;
import io.logbridge.adapter.kube.object.Presentation;
import io.logbridge.adapter.stream.CallScope;
import io.logbridge.adapter.stream.LogService;
import io.logbridge.backend.Deadline;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * The part of the Kubernetes API that {@code kubectl} and {@code tkn} need to read archived runs,
 * under {@code /kube}; and the API group of {@link ArchiveApi}, in which a cluster can have the
 * same objects beside its own.
 */
public final class KubeRoute implements HttpService {

  private final KubeAccess access;
  private final PodLogs podLogs;
  private final RunLogs runLogs;
  private final KubeObjects objects;

  public KubeRoute(LogService logs, KubeObjects objects, AccessGate gate, InstantSource clock) {
    this.access = new KubeAccess(gate);
    this.objects = objects;
    this.podLogs = new PodLogs(logs, clock);
    this.runLogs = new RunLogs(logs, clock);
  }

  /** Refuses in the words of Kubernetes what is of this face, and leaves the rest to others. */
  public static Refusals refusals(Refusals others) {
    return (request, response, failure) -> {
      if (KubePath.isKube(rawPath(request))) {
        KubeStatus.of(failure, null).send(request, response);
      } else {
        others.send(request, response, failure);
      }
    };
  }

  /** How this face refuses what cannot be read. */
  public static DirectRefusals.Form form() {
    return new DirectRefusals.Form() {
      @Override
      public boolean isOf(String path) {
        return KubePath.isKube(path);
      }

      @Override
      public String contentType() {
        return Accepted.PLAIN.contentType();
      }

      @Override
      public String body(Failure failure) {
        return KubeStatus.of(failure, null).body();
      }
    };
  }

  private static String rawPath(ServerRequest request) {
    return request.prologue().uriPath().rawPath();
  }

  @Override
  public void routing(HttpRules rules) {
    rules.any(this::handle);
  }

  private void handle(ServerRequest request, ServerResponse response) {
    if (!KubePath.isKube(rawPath(request))) {
      response.next();
      return;
    }
    RequestBody.skip(
        request,
        response,
        (asked, answer, failure) -> KubeStatus.of(failure, null).send(asked, answer));
    String method = "kube " + request.prologue().method().text();
    try (HttpCall call = HttpCall.begin();
        AccessLog line = AccessLog.begin(method, rawPath(request), HttpHeaders.of(request))) {
      line.counts(response::bytesWritten);
      serve(new KubeCall(request, response, call.scope(), line));
    }
  }

  private void serve(KubeCall call) {
    if (!call.request().prologue().method().equals(Method.GET)) {
      call.refuse(KubeStatus.READ_ONLY);
      return;
    }
    Objects what = null;
    try {
      KubePath path = KubePath.of(rawPath(call.request()));
      what = path instanceof Objects objects ? objects : null;
      serve(path, call);
    } catch (CloseConnectionException e) {
      throw e; // the answer has begun
    } catch (RuntimeException | Error e) { // of whatever kind: it is no success
      call.fail(HttpAnswers.failure(e), what);
    }
  }

  private void serve(KubePath path, KubeCall call) {
    switch (path) {
      case KubePath.Version _ -> call.send(Discovery.version());
      case KubePath.CoreVersions _ -> discover(call, true);
      case KubePath.Groups _ -> discover(call, false);
      case KubePath.Group(String name) -> call.send(Discovery.group(name));
      case KubePath.Resources of -> call.send(Discovery.resources(of));
      case KubePath.Objects what when what.isLog() -> {
        Caller caller = access.check(call.headers(), "get", what, call.scope().deadline());
        call.scope().askAs(caller.token());
        if (what.resource().equals(KubeResource.PODS.plural())) {
          podLogs.send(what, call);
        } else {
          runLogs.send(what, call);
        }
      }
      case KubePath.Objects what ->
          ObjectRequest.of(what, call.query())
              .ifPresentOrElse(
                  found -> objects(found, call), () -> call.refuse(KubeStatus.NO_SUCH_PATH));
      case KubePath.Unknown _ -> call.refuse(KubeStatus.NO_SUCH_PATH);
    }
  }

  private void objects(ObjectRequest asked, KubeCall call) {
    Deadline deadline = call.scope().deadline();
    access.check(call.headers(), asked.verb(), asked.permission(), deadline);
    Optional<Accepted> form = Accepted.of(call.request(), asked.forms());
    if (form.isEmpty()) {
      call.refuse(KubeStatus.NOT_ACCEPTABLE);
      return;
    }
    Presentation presentation = asked.presentation(form.get());
    if (asked.isWatch()) {
      watch(asked, presentation, call);
      return;
    }
    call.send(
        asked.isList()
            ? objects.list(
                asked.resource(), asked.namespace(), asked.listOptions(), presentation, deadline)
            : objects.get(
                asked.resource(), asked.namespace(), asked.what().name(), presentation, deadline));
  }

  private void watch(ObjectRequest asked, Presentation presentation, KubeCall call) {
    try (KubeWatch watch =
            objects.watch(asked.resource(), asked.namespace(), asked.watchOptions(), presentation);
        CallScope.Registration _ = call.scope().onCancel(watch::close)) {
      call.stream(watch);
    }
  }

  private static void discover(KubeCall call, boolean core) {
    Optional<Accepted> form =
        Accepted.of(
            call.request(), Set.of(Accepted.PLAIN, Accepted.DISCOVERY, Accepted.DISCOVERY_V2BETA1));
    if (form.isEmpty()) {
      call.refuse(KubeStatus.NOT_ACCEPTABLE);
    } else if (form.get() != Accepted.PLAIN) {
      call.send(form.get().contentType(), Discovery.all(core, form.get()));
    } else {
      call.send(core ? Discovery.coreVersions() : Discovery.groups());
    }
  }
}
