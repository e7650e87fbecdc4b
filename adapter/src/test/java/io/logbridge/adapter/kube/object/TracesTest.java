// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import static io.logbridge.adapter.kube.object.Archive.EVENT_LIST;
import static io.logbridge.adapter.kube.object.Archive.PIPELINE_RUN;
import static io.logbridge.adapter.kube.object.Archive.TASK_RUN;
import static io.logbridge.adapter.kube.object.Archive.fields;
import static io.logbridge.adapter.kube.object.Archive.json;
import static io.logbridge.adapter.kube.object.Archive.labels;
import static io.logbridge.adapter.kube.object.KubeResource.EVENTS;
import static io.logbridge.adapter.kube.object.KubeResource.NAMESPACES;
import static io.logbridge.adapter.kube.object.KubeResource.PIPELINES;
import static io.logbridge.adapter.kube.object.KubeResource.PODS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is neither a run nor a pod: events, pipelines, namespaces. */
@TestInstance(Lifecycle.PER_CLASS)
class TracesTest {

  private Archive archive;

  @BeforeAll
  void fill() {
    archive = new Archive();
    archive.add("ci", TASK_RUN, "{'metadata':{'name':'build'},'status':{'podName':'build-pod'}}");
    archive.add("ci", PIPELINE_RUN, run("release-1", "release", "'tasks':[{'name':'old'}]"));
    archive.add("ci", PIPELINE_RUN, run("release-2", "release", "'tasks':[{'name':'new'}]"));
    archive.add(
        "ci",
        PIPELINE_RUN,
        "{'metadata':{'name':'r-3'},'spec':{'pipelineRef':{'name':'release'}}}");
    archive.add("ci", PIPELINE_RUN, run("deploy-1", "deploy", ""));
    archive.add("ops", PIPELINE_RUN, run("release-9", "release", ""));
    archive.add(
        "ci",
        EVENT_LIST,
        """
        {'kind':'EventList','apiVersion':'v1','items':[%s,%s,%s,%s]}
        """
            .formatted(
                event("late", "TaskRun", "build", "uid-tr", "Normal", "Succeeded", "10:02:00"),
                event("early", "Pod", "build-pod", "real-uid", "Normal", "Scheduled", "10:00:00"),
                event("mid", "Pod", "build-pod", "real-uid", "Warning", "FailedMount", "10:01:00"),
                event("other", "Pod", "x", "y", "Normal", "Scheduled", "10:01:30")
                    .replace("'namespace':'ci'", "'namespace':'ops'")));
    archive.add(
        "zz",
        EVENT_LIST,
        "{'items':["
            + event("late", "Pod", "p", "u", "Normal", "Started", "09:00:00")
                .replace("'namespace':'ci'", "'namespace':'zz'")
            + "]}");
    archive.add("zz", EVENT_LIST, "{'items':'none'}");
  }

  @AfterAll
  void close() {
    archive.close();
  }

  @Test
  void events_areThoseOfTheirNamespaceInTheOrderOfTime() {
    assertThat(archive.names(EVENTS, "ci", ListOptions.ALL))
        .containsExactly("early", "mid", "late");
    assertThat(archive.names(EVENTS, null, ListOptions.ALL))
        .containsExactly("early", "mid", "late", "late");
  }

  @Test
  void event_isAsItWasArchived() {
    assertThat(archive.get(EVENTS, "ci", "mid"))
        .isEqualTo(
            json(
                """
                {'kind':'Event','apiVersion':'v1',
                 'metadata':{'name':'mid','namespace':'ci','uid':'uid-of-mid',
                             'resourceVersion':'1787223607000000'},
                 'involvedObject':{'kind':'Pod','namespace':'ci','name':'build-pod',
                                   'uid':'real-uid','apiVersion':'v1'},
                 'reason':'FailedMount','type':'Warning','message':'message of mid',
                 'lastTimestamp':'2026-08-20T10:01:00Z','count':2}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "involvedObject.name=build-pod                              | early,mid",
        "involvedObject.kind=Pod,reason=Scheduled                   | early",
        "involvedObject.kind!=Pod                                   | late",
        "type=Warning                                               | mid",
        "involvedObject.uid=real-uid                                | early,mid",
        "involvedObject.uid=uid-tr,involvedObject.namespace=ci      | late",
        "involvedObject.apiVersion=v1                               | early,mid,late",
        "involvedObject.fieldPath=                                  | early,mid,late",
        "involvedObject.name=nothing                                | ''",
        "metadata.name=late                                         | late",
      })
  void eventsAreNarrowedByFields(String selector, String names) {
    assertThat(String.join(",", archive.names(EVENTS, "ci", fields(selector)))).isEqualTo(names);
  }

  /** As kubectl describe asks: the real uid of a pod is known to nothing but its events. */
  @Test
  void eventsOfAPod_areFoundByTheUidThatWeGaveIt() {
    String uid = archive.get(PODS, "ci", "build-pod").path("metadata").path("uid").stringValue();

    assertThat(
            archive.names(
                EVENTS,
                "ci",
                fields(
                    "involvedObject.name=build-pod,involvedObject.namespace=ci,involvedObject.uid="
                        + uid)))
        .containsExactly("early", "mid");
    assertThat(archive.names(EVENTS, "ci", fields("involvedObject.uid=" + uid)))
        .containsExactly("early", "mid");
  }

  @Test
  void eventsInPages_areAllEvents() {
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = archive.list(EVENTS, null, new ListOptions("", "", 1, token));
      names.addAll(Archive.names(page));
      token = page.path("metadata").path("continue").asString("");
    } while (!token.isEmpty());

    assertThat(names).containsExactly("early", "mid", "late", "late");
  }

  @Test
  void pipeline_isWhatItsYoungestRunHasSeen() {
    assertThat(archive.names(PIPELINES, "ci", ListOptions.ALL))
        .containsExactly("deploy", "release");
    assertThat(archive.names(PIPELINES, null, ListOptions.ALL))
        .containsExactly("deploy", "release", "release");
    assertThat(archive.get(PIPELINES, "ci", "release"))
        .isEqualTo(
            json(
                """
                {'apiVersion':'tekton.dev/v1','kind':'Pipeline',
                 'metadata':{'name':'release','namespace':'ci','resourceVersion':'1787223603000000',
                   'uid':'%s','creationTimestamp':'2026-08-20T09:00:00Z'},
                 'spec':{'tasks':[{'name':'new'}]}}
                """
                    .formatted(Metadata.uid(PIPELINES, "ci", "release"))));
    assertThatThrownBy(() -> archive.get(PIPELINES, "zz", "release"))
        .hasMessage("pipelines.tekton.dev \"release\" not found");
  }

  @Test
  void pipelinesInPages_areAllPipelines() {
    JsonNode first = archive.list(PIPELINES, null, new ListOptions("", "", 2, ""));
    String token = first.path("metadata").path("continue").stringValue();

    assertThat(Archive.names(first)).containsExactly("deploy", "release");
    assertThat(archive.list(PIPELINES, null, new ListOptions("", "", 2, token)).path("items"))
        .singleElement()
        .satisfies(pipeline ->
            assertThat(pipeline.path("metadata").path("namespace").stringValue()).isEqualTo("ops"));
  }

  @Test
  void namespaces_areThoseThatHaveRecords() {
    assertThat(archive.names(NAMESPACES, null, ListOptions.ALL)).containsExactly("ci", "ops", "zz");
    assertThat(archive.names(NAMESPACES, null, labels("kubernetes.io/metadata.name=ops")))
        .containsExactly("ops");
    assertThat(archive.get(NAMESPACES, null, "ops"))
        .isEqualTo(
            json(
                """
                {'apiVersion':'v1','kind':'Namespace',
                 'metadata':{'name':'ops','uid':'%s','resourceVersion':'1787220006000000',
                   'creationTimestamp':'2026-08-20T10:00:06Z',
                   'labels':{'kubernetes.io/metadata.name':'ops'}},
                 'spec':{},'status':{'phase':'Active'}}
                """
                    .formatted(Metadata.uid(NAMESPACES, "", "ops"))));
    assertThatThrownBy(() -> archive.get(NAMESPACES, null, "nowhere"))
        .hasMessage("namespaces \"nowhere\" not found");
  }

  private static String run(String name, String pipeline, String spec) {
    return """
    {'metadata':{'name':'%s','namespace':'','creationTimestamp':'2026-08-20T09:00:00Z'},
     'spec':{'pipelineRef':{'name':'%s'}},'status':{'pipelineSpec':{%s}}}
    """
        .formatted(name, pipeline, spec);
  }

  private static String event(
      String name, String kind, String of, String uid, String type, String reason, String time) {
    return """
    {'metadata':{'name':'%1$s','namespace':'ci','uid':'uid-of-%1$s'},
     'involvedObject':{'kind':'%2$s','namespace':'ci','name':'%3$s','uid':'%4$s','apiVersion':'v1'},
     'type':'%5$s','reason':'%6$s','message':'message of %1$s',
     'lastTimestamp':'2026-08-20T%7$sZ','count':2}
    """
        .formatted(name, kind, of, uid, type, reason, time);
  }
}
