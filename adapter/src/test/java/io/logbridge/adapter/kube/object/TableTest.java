// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import static io.logbridge.adapter.kube.object.Archive.EVENT_LIST;
import static io.logbridge.adapter.kube.object.Archive.PIPELINE_RUN;
import static io.logbridge.adapter.kube.object.Archive.TASK_RUN;
import static io.logbridge.adapter.kube.object.Archive.json;
import static io.logbridge.adapter.kube.object.Archive.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.kube.object.Presentation.Include;
import io.logbridge.adapter.kube.object.Presentation.Table;
import io.logbridge.backend.Deadline;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@TestInstance(Lifecycle.PER_CLASS)
class TableTest {

  private static final Table TABLE = new Table("v1", Include.METADATA);

  private Archive archive;

  @BeforeAll
  void fill() {
    archive = new Archive();
    archive.add(
        "ci",
        TASK_RUN,
        """
        {'metadata':{'name':'failed','creationTimestamp':'2026-08-20T09:00:00Z','managedFields':[{}]},
         'spec':{'taskRef':{'name':'t'}},
         'status':{'podName':'failed-pod','startTime':'2026-08-20T09:00:05Z',
           'completionTime':'2026-08-20T09:03:35Z','taskSpec':{'steps':[{'name':'a','image':'i'}]},
           'conditions':[{'type':'Succeeded','status':'False','reason':'Failed'}],
           'steps':[{'name':'a','terminated':{'exitCode':0,'reason':'Completed'}},
                    {'name':'b','terminated':{'exitCode':137,'reason':'OOMKilled'}},
                    {'name':'c','terminated':{'exitCode':1,'reason':'Error'}}]}}
        """);
    archive.add(
        "ci",
        TASK_RUN,
        """
        {'metadata':{'name':'running','creationTimestamp':'2026-08-20T11:58:00Z'},
         'status':{'podName':'running-pod','startTime':'2026-08-20T11:59:00Z',
           'conditions':[{'type':'Succeeded','status':'Unknown','reason':'Running'}],
           'steps':[{'name':'a','running':{'startedAt':'2026-08-20T11:59:10Z'}},{'name':'b'}]}}
        """);
    archive.add(
        "ci",
        TASK_RUN,
        """
        {'metadata':{'name':'stopped'},
         'status':{'podName':'stopped-pod','startTime':'2026-08-18T08:00:00Z',
           'completionTime':'2026-08-18T09:00:00Z',
           'conditions':[{'type':'Succeeded','status':'False','reason':'TaskRunTimeout'}],
           'steps':[{'name':'a'}]}}
        """);
    archive.add(
        "ci",
        PIPELINE_RUN,
        """
        {'metadata':{'name':'release','creationTimestamp':'2026-08-20T11:00:00Z'},
         'spec':{'pipelineRef':{'name':'release'}},
         'status':{'startTime':'2026-08-20T11:00:00Z','completionTime':'2026-08-20T11:00:59Z',
           'pipelineSpec':{},'conditions':[{'type':'Succeeded','status':'True','reason':'Completed'}]}}
        """);
    archive.add(
        "ci",
        EVENT_LIST,
        """
        {'items':[{'metadata':{'name':'e1'},'type':'Warning','reason':'FailedMount',
           'message':'no such volume\\n','source':{'component':'kubelet','host':'node-1'},
           'involvedObject':{'kind':'Pod','name':'failed-pod','fieldPath':'spec'},
           'firstTimestamp':'2026-08-20T11:00:00Z','lastTimestamp':'2026-08-20T11:55:00Z','count':7},
          {'metadata':{'name':'e2'},'type':'Normal','reason':'Started','message':'m',
           'reportingComponent':'tekton','involvedObject':{'kind':'TaskRun','name':'failed'}}]}
        """);
  }

  @AfterAll
  void close() {
    archive.close();
  }

  @Test
  void podsHaveTheColumnsThatKubectlShows() {
    JsonNode table = archive.list(KubeResource.PODS, "ci", ListOptions.ALL, TABLE);

    assertThat(columns(table, 0)).containsExactly("Name", "Ready", "Status", "Restarts", "Age");
    assertThat(columns(table, 1))
        .containsExactly("IP", "Node", "Nominated Node", "Readiness Gates");
    assertThat(cells(table, 5))
        .containsExactly(
            List.of("failed-pod", "0/3", "OOMKilled", "0", "179m"),
            List.of("running-pod", "1/2", "Running", "0", "60s"),
            List.of("stopped-pod", "0/1", "TaskRunTimeout", "0", "2d4h"));
  }

  @Test
  void runsSayHowTheyEndedAndHowLongTheyTook() {
    JsonNode table = archive.list(KubeResource.TASKRUNS, "ci", ListOptions.ALL, TABLE);

    assertThat(columns(table, 0))
        .containsExactly("Name", "Succeeded", "Reason", "StartTime", "CompletionTime", "Duration");
    assertThat(cells(table, 6))
        .containsExactly(
            List.of("failed", "False", "Failed", "179m", "176m", "3m30s"),
            List.of("running", "Unknown", "Running", "60s", "", "60s"),
            List.of("stopped", "False", "TaskRunTimeout", "2d4h", "2d3h", "60m"));
    assertThat(cells(archive.list(KubeResource.PIPELINERUNS, "ci", ListOptions.ALL, TABLE), 6))
        .containsExactly(List.of("release", "True", "Completed", "60m", "59m", "59s"));
  }

  @Test
  void eventsSayWhatHappenedToWhat() {
    JsonNode table = archive.list(KubeResource.EVENTS, "ci", ListOptions.ALL, TABLE);

    assertThat(columns(table, 0))
        .containsExactly("Last Seen", "Type", "Reason", "Object", "Message");
    assertThat(cells(table, 10))
        .containsExactly(
            List.of(
                "<unknown>",
                "Normal",
                "Started",
                "taskrun/failed",
                "",
                "tekton",
                "m",
                "<unknown>",
                "1",
                "e2"),
            List.of(
                "5m",
                "Warning",
                "FailedMount",
                "pod/failed-pod",
                "spec",
                "kubelet, node-1",
                "no such volume",
                "60m",
                "7",
                "e1"));
  }

  @Test
  void namespacesAndPipelinesHaveAnAge() {
    assertThat(cells(archive.list(KubeResource.NAMESPACES, null, ListOptions.ALL, TABLE), 3))
        .containsExactly(List.of("ci", "Active", "119m"));
    assertThat(cells(archive.list(KubeResource.PIPELINES, "ci", ListOptions.ALL, TABLE), 2))
        .containsExactly(List.of("release", "60m"));
  }

  @Test
  void objectGoesWithItsRowAsFarAsItIsWanted() {
    JsonNode metadata = archive.list(KubeResource.TASKRUNS, "ci", one(), TABLE);
    JsonNode none =
        archive.list(KubeResource.TASKRUNS, "ci", one(), new Table("v1beta1", Include.NONE));
    JsonNode whole =
        archive.list(KubeResource.TASKRUNS, "ci", one(), new Table("v1", Include.OBJECT));

    assertThat(metadata.path("apiVersion").stringValue()).isEqualTo("meta.k8s.io/v1");
    assertThat(metadata.path("rows").path(0).path("object"))
        .isEqualTo(
            json(
                """
                {'kind':'PartialObjectMetadata','apiVersion':'meta.k8s.io/v1',
                 'metadata':{'name':'failed','creationTimestamp':'2026-08-20T09:00:00Z',
                             'namespace':'ci','resourceVersion':'1787223601000000'}}
                """));
    assertThat(metadata.path("metadata").path("continue").stringValue()).isNotEmpty();
    assertThat(none.path("apiVersion").stringValue()).isEqualTo("meta.k8s.io/v1beta1");
    assertThat(none.path("rows").path(0).has("object")).isFalse();
    assertThat(whole.path("rows").path(0).path("object").path("kind").stringValue())
        .isEqualTo("TaskRun");
    assertThat(whole.path("rows").path(0).path("object").path("spec"))
        .isEqualTo(json("{'taskRef':{'name':'t'}}"));
  }

  @Test
  void singleObject_isATableOfOneRow() {
    JsonNode table =
        read(
            archive.objects().get(KubeResource.PODS, "ci", "running-pod", TABLE, Deadline.never()));

    assertThat(table.path("kind").stringValue()).isEqualTo("Table");
    assertThat(table.path("metadata").path("resourceVersion").stringValue())
        .isEqualTo("1787223602000000");
    assertThat(cells(table, 3)).containsExactly(List.of("running-pod", "1/2", "Running"));
  }

  @ParameterizedTest
  @EnumSource(KubeResource.class)
  void everyRowHasACellForEachColumn(KubeResource resource) {
    JsonNode table = archive.list(resource, null, ListOptions.ALL, TABLE);
    int columns = table.path("columnDefinitions").size();

    assertThat(table.path("rows")).isNotEmpty();
    assertThat(table.path("rows").valueStream())
        .allSatisfy(row -> assertThat(row.path("cells").size()).isEqualTo(columns));
    assertThat(table.path("columnDefinitions").valueStream())
        .allSatisfy(column ->
            assertThat(column.propertyNames())
                .containsExactly("name", "type", "format", "description", "priority"));
  }

  @Test
  void metadataAlone_isAsInKubernetes() {
    assertThat(
            archive
                .list(KubeResource.TASKRUNS, "ci", one(), new Presentation.Metadata("v1"))
                .path("items"))
        .isEqualTo(
            json(
                """
                [{'kind':'PartialObjectMetadata','apiVersion':'meta.k8s.io/v1',
                  'metadata':{'name':'failed','creationTimestamp':'2026-08-20T09:00:00Z',
                              'namespace':'ci','resourceVersion':'1787223601000000'}}]
                """));
  }

  private static ListOptions one() {
    return new ListOptions("", "", 1, "");
  }

  private static List<String> columns(JsonNode table, int priority) {
    return table
        .path("columnDefinitions")
        .valueStream()
        .filter(column -> column.path("priority").intValue() == priority)
        .map(column -> column.path("name").stringValue())
        .toList();
  }

  private static List<List<String>> cells(JsonNode table, int count) {
    return table
        .path("rows")
        .valueStream()
        .map(
            row -> row.path("cells").valueStream().limit(count).map(JsonNode::stringValue).toList())
        .toList();
  }
}
