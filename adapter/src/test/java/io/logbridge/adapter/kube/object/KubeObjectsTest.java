// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.kube.object;

import static io.logbridge.adapter.kube.object.Archive.PIPELINE_RUN;
import static io.logbridge.adapter.kube.object.Archive.TASK_RUN;
import static io.logbridge.adapter.kube.object.Archive.fields;
import static io.logbridge.adapter.kube.object.Archive.json;
import static io.logbridge.adapter.kube.object.Archive.labels;
import static io.logbridge.adapter.kube.object.KubeResource.PIPELINERUNS;
import static io.logbridge.adapter.kube.object.KubeResource.PODS;
import static io.logbridge.adapter.kube.object.KubeResource.TASKRUNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(Lifecycle.PER_CLASS)
class KubeObjectsTest {

  private Archive archive;

  @BeforeAll
  void fill() {
    archive = new Archive();
    archive.add("ci", TASK_RUN, run("zulu", "'app':'web'", "'podName':'zulu-pod'"));
    archive.add(
        "ci",
        TASK_RUN,
        """
        {'apiVersion':'tekton.dev/v1','kind':'TaskRun',
         'metadata':{'name':'build','namespace':'ci','uid':'uid-build',
           'creationTimestamp':'2026-08-20T09:59:00Z','resourceVersion':'77',
           'labels':{'app':'web','tekton.dev/pipelineRun':'release'},
           'annotations':{'a':'b'},
           'managedFields':[{'manager':'tekton'}]},
         'spec':{'serviceAccountName':'builder','taskRef':{'name':'build'}},
         'status':{
           'podName':'build-pod-retry1',
           'startTime':'2026-08-20T10:05:00Z','completionTime':'2026-08-20T10:06:00Z',
           'conditions':[{'type':'Succeeded','status':'False','reason':'Failed','message':'exit 3'}],
           'taskSpec':{'steps':[{'name':'compile','image':'maven:3'},{'name':'test','image':'maven:3'}],
                       'sidecars':[{'name':'db','image':'postgres:17'}]},
           'steps':[
             {'name':'compile','container':'step-compile','imageID':'maven@sha256:1',
              'terminated':{'exitCode':0,'reason':'Completed','startedAt':'2026-08-20T10:05:01Z',
                            'finishedAt':'2026-08-20T10:05:30Z','containerID':'containerd://c'}},
             {'name':'test','container':'step-test','imageID':'maven@sha256:1',
              'terminated':{'exitCode':3,'reason':'Error','startedAt':'2026-08-20T10:05:30Z',
                            'finishedAt':'2026-08-20T10:05:59Z'}}],
           'sidecars':[{'name':'db','container':'sidecar-db','imageID':'postgres@sha256:2'}],
           'retriesStatus':[
             {'podName':'build-pod','startTime':'2026-08-20T10:00:00Z',
              'completionTime':'2026-08-20T10:01:00Z',
              'conditions':[{'type':'Succeeded','status':'False','reason':'TaskRunTimeout',
                             'message':'too slow'}],
              'steps':[{'name':'compile','container':'step-compile'}]},
             {'conditions':[{'type':'Succeeded','status':'False','reason':'TaskRunImagePullFailed'}]}]}}
        """);
    archive.add("ci", TASK_RUN, run("alpha", "'app':'db'", "'podName':'alpha-pod'"));
    archive.add("ci", TASK_RUN, run("never-ran", "", "'startTime':'2026-08-20T10:00:00Z'"));
    archive.add("ops", TASK_RUN, run("alpha", "'app':'web'", "'podName':'alpha-pod'"));
    archive.add(
        "ci", TASK_RUN, "{'metadata':{'name':'stray','namespace':'ops'},'status':{'podName':'p'}}");
    archive.add(
        "ci",
        "tekton.dev/v1beta1.PipelineRun",
        """
        {'apiVersion':'tekton.dev/v1beta1','kind':'PipelineRun',
         'metadata':{'name':'old','uid':'uid-old'},
         'spec':{'serviceAccountName':'builder','timeout':'1h0m0s','pipelineRef':{'name':'release'},
           'taskRunSpecs':[{'pipelineTaskName':'a','taskServiceAccountName':'s'}]},
         'status':{'pipelineResults':[{'name':'r','value':'v'}],
           'taskRuns':{'old-a':{'pipelineTaskName':'a','status':{'podName':'old-a-pod'}}}}}
        """);
    archive.add("ci", PIPELINE_RUN, run("release", "'team':'a'", ""));
  }

  @AfterAll
  void close() {
    archive.close();
  }

  @Test
  void listOfTaskRuns_hasThoseOfItsNamespaceInTheOrderOfTime() {
    assertThat(archive.names(TASKRUNS, "ci", ListOptions.ALL))
        .containsExactly("zulu", "build", "alpha", "never-ran");
  }

  @Test
  void listOfAllNamespaces_saysOfWhichEachIs() {
    JsonNode list = archive.list(TASKRUNS, null, labels("app"));

    assertThat(list.path("items").valueStream())
        .extracting(
            object -> object.path("metadata").path("namespace").stringValue(),
            object -> object.path("metadata").path("name").stringValue())
        .containsExactly(
            tuple("ci", "zulu"), tuple("ci", "build"), tuple("ci", "alpha"), tuple("ops", "alpha"));
    assertThat(list.path("kind").stringValue()).isEqualTo("TaskRunList");
    assertThat(list.path("apiVersion").stringValue()).isEqualTo("tekton.dev/v1");
    assertThat(list.path("metadata").path("resourceVersion").stringValue()).matches("[0-9]{16}");
    assertThat(list.path("metadata").has("continue")).isFalse();
  }

  @Test
  void taskRun_isAsItWasArchivedButForItsVersion() {
    JsonNode run = archive.get(TASKRUNS, "ci", "build");

    assertThat(run.path("metadata"))
        .isEqualTo(
            json(
                """
                {'name':'build','namespace':'ci','uid':'uid-build',
                 'creationTimestamp':'2026-08-20T09:59:00Z','resourceVersion':'1787223602000000',
                 'labels':{'app':'web','tekton.dev/pipelineRun':'release'},
                 'annotations':{'a':'b'},'managedFields':[{'manager':'tekton'}]}
                """));
    assertThat(run.path("spec").path("taskRef").path("name").stringValue()).isEqualTo("build");
    assertThat(run.path("status").path("steps").size()).isEqualTo(2);
  }

  @Test
  void runOfV1beta1_isPresentedAsOfV1() {
    assertThat(archive.get(PIPELINERUNS, "ci", "old"))
        .isEqualTo(
            json(
                """
                {'apiVersion':'tekton.dev/v1','kind':'PipelineRun',
                 'metadata':{'name':'old','uid':'uid-old','namespace':'ci',
                             'resourceVersion':'1787223607000000'},
                 'spec':{'pipelineRef':{'name':'release'},
                   'taskRunTemplate':{'serviceAccountName':'builder'},
                   'timeouts':{'pipeline':'1h0m0s'},
                   'taskRunSpecs':[{'pipelineTaskName':'a','serviceAccountName':'s'}]},
                 'status':{'results':[{'name':'r','value':'v'}],
                   'taskRuns':{'old-a':{'pipelineTaskName':'a','status':{'podName':'old-a-pod'}}},
                   'childReferences':[{'apiVersion':'tekton.dev/v1','kind':'TaskRun','name':'old-a',
                                       'pipelineTaskName':'a'}]}}
                """));
  }

  @Test
  void listOfPods_hasThePodsOfAllAttempts() {
    assertThat(archive.names(PODS, "ci", ListOptions.ALL))
        .containsExactly("zulu-pod", "build-pod", "build-pod-retry1", "alpha-pod");
  }

  @Test
  void pod_isMadeOfWhatItsTaskRunSaysOfIt() {
    assertThat(archive.get(PODS, "ci", "build-pod-retry1"))
        .isEqualTo(
            json(
                """
                {'kind':'Pod','apiVersion':'v1',
                 'metadata':{'name':'build-pod-retry1','namespace':'ci',
                   'uid':'%s','resourceVersion':'1787223602000000',
                   'creationTimestamp':'2026-08-20T10:05:00Z',
                   'labels':{'app':'web','tekton.dev/pipelineRun':'release',
                             'tekton.dev/taskRun':'build','tekton.dev/taskRunUID':'uid-build'},
                   'annotations':{'a':'b'},
                   'ownerReferences':[{'apiVersion':'tekton.dev/v1','kind':'TaskRun','name':'build',
                     'uid':'uid-build','controller':true,'blockOwnerDeletion':true}]},
                 'spec':{'containers':[{'name':'step-compile','image':'maven:3'},
                                       {'name':'step-test','image':'maven:3'},
                                       {'name':'sidecar-db','image':'postgres:17'}],
                         'restartPolicy':'Never','serviceAccountName':'builder'},
                 'status':{'phase':'Failed','message':'exit 3','startTime':'2026-08-20T10:05:00Z',
                   'conditions':[
                     {'type':'Initialized','status':'True','lastTransitionTime':'2026-08-20T10:05:00Z'},
                     {'type':'Ready','status':'False','lastTransitionTime':'2026-08-20T10:06:00Z',
                      'reason':'PodCompleted'},
                     {'type':'ContainersReady','status':'False',
                      'lastTransitionTime':'2026-08-20T10:06:00Z','reason':'PodCompleted'},
                     {'type':'PodScheduled','status':'True',
                      'lastTransitionTime':'2026-08-20T10:05:00Z'}],
                   'containerStatuses':[
                     {'name':'step-compile','image':'maven:3','imageID':'maven@sha256:1',
                      'containerID':'containerd://c','ready':false,'restartCount':0,'started':false,
                      'state':{'terminated':{'exitCode':0,'reason':'Completed',
                        'startedAt':'2026-08-20T10:05:01Z','finishedAt':'2026-08-20T10:05:30Z',
                        'containerID':'containerd://c'}}},
                     {'name':'step-test','image':'maven:3','imageID':'maven@sha256:1',
                      'ready':false,'restartCount':0,'started':false,
                      'state':{'terminated':{'exitCode':3,'reason':'Error',
                        'startedAt':'2026-08-20T10:05:30Z','finishedAt':'2026-08-20T10:05:59Z'}}},
                     {'name':'sidecar-db','image':'postgres:17','imageID':'postgres@sha256:2',
                      'ready':false,'restartCount':0,'started':false,'state':{}}]}}
                """
                    .formatted(Metadata.uid(PODS, "ci", "build-pod-retry1"))));
  }

  @Test
  void podThatWasStoppedFromOutside_hasTheReasonOfItsRun() {
    JsonNode status = archive.get(PODS, "ci", "build-pod").path("status");

    assertThat(status.path("phase").stringValue()).isEqualTo("Failed");
    assertThat(status.path("reason").stringValue()).isEqualTo("TaskRunTimeout");
    assertThat(status.path("message").stringValue()).isEqualTo("too slow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "stray", "build-pod"})
  void unknownTaskRun_isNotFoundInTheWordsOfKubernetes(String name) {
    assertThatThrownBy(() -> archive.get(TASKRUNS, "ci", name))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND))
        .hasMessage("taskruns.tekton.dev \"%s\" not found", name);
    assertThatThrownBy(() -> archive.get(PODS, "ops", "build-pod"))
        .hasMessage("pods \"build-pod\" not found");
  }

  @Test
  void ofObjectsThatHadTheSameName_onlyTheLastIsShown() {
    try (Archive again = new Archive()) {
      again.add("ci", TASK_RUN, run("nightly", "'day':'monday'", "'podName':'nightly-pod'"));
      again.add("ci", TASK_RUN, run("other", "", "'podName':'other-pod'"));
      again.add("ci", TASK_RUN, run("nightly", "'day':'tuesday'", "'podName':'nightly-pod'"));

      assertThat(again.names(TASKRUNS, "ci", ListOptions.ALL)).containsExactly("other", "nightly");
      assertThat(again.names(PODS, "ci", ListOptions.ALL))
          .containsExactly("other-pod", "nightly-pod");
      assertThat(again.names(TASKRUNS, "ci", labels("day=monday"))).isEmpty();
      assertThat(again.get(PODS, "ci", "nightly-pod").path("metadata").path("labels").path("day"))
          .isEqualTo(json("'tuesday'"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=web                       | zulu,build",
        "app==web,tekton.dev/pipelineRun | build",
        "app in (db,web)               | zulu,build,alpha",
        "app notin (db)                | zulu,build,never-ran",
        "app!=web                      | alpha,never-ran",
        "!app                          | never-ran",
        "app=none                      | ''",
      })
  void listIsNarrowedByLabels(String selector, String names) {
    assertThat(String.join(",", archive.names(TASKRUNS, "ci", labels(selector)))).isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tekton.dev/taskRun=build             | build-pod,build-pod-retry1",
        "tekton.dev/taskRun in (alpha,zulu)   | zulu-pod,alpha-pod",
        "tekton.dev/taskRunUID=uid-build      | build-pod,build-pod-retry1",
        "tekton.dev/taskRun!=build,app=web    | zulu-pod",
        "tekton.dev/pipelineRun=release       | build-pod,build-pod-retry1",
      })
  void podsHaveTheLabelsThatTektonGivesThem(String selector, String names) {
    assertThat(String.join(",", archive.names(PODS, "ci", labels(selector)))).isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata.name=build-pod                      | build-pod",
        "metadata.name!=build-pod,status.phase=Failed | build-pod-retry1",
        "status.phase=Running                         | zulu-pod,alpha-pod",
        "metadata.namespace=ci                        | zulu-pod,build-pod,build-pod-retry1,alpha-pod",
        "spec.serviceAccountName=builder              | build-pod,build-pod-retry1",
      })
  void listIsNarrowedByFields(String selector, String names) {
    assertThat(String.join(",", archive.names(PODS, "ci", fields(selector)))).isEqualTo(names);
  }

  /** Values are parameters of statements: at worst the database cannot work with one. */
  @ParameterizedTest
  @ValueSource(strings = {"' OR '1'\\='1", "\"}]'::jsonb", "%", "$1", "?", "\u0000", "\ud800"})
  void nothingBreaksOutOfAFieldSelector(String value) {
    assertThat(selectedOrRefused(TASKRUNS, "metadata.name=" + value)).isTrue();
    assertThat(selectedOrRefused(PODS, "metadata.name=" + value)).isTrue();
    assertThat(selectedOrRefused(PODS, "metadata.namespace=" + value)).isTrue();
    assertThat(selectedOrRefused(KubeResource.EVENTS, "involvedObject.name=" + value)).isTrue();
    assertThat(selectedOrRefused(KubeResource.PIPELINES, "metadata.name=" + value)).isTrue();
    assertThat(selectedOrRefused(KubeResource.NAMESPACES, "metadata.name=" + value)).isTrue();
  }

  private boolean selectedOrRefused(KubeResource resource, String selector) {
    try {
      return archive.names(resource, null, fields(selector)).isEmpty();
    } catch (RequestException e) {
      return e.code() == Code.INVALID_ARGUMENT;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void listInPages_isTheWholeList(int limit) {
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      JsonNode page =
          archive.list(PODS, null, new ListOptions("", "", limit, token), Presentation.OBJECTS);
      assertThat(page.path("items").size()).isLessThanOrEqualTo(limit);
      names.addAll(Archive.names(page));
      token = page.path("metadata").path("continue").asString("");
    } while (!token.isEmpty());

    assertThat(names)
        .containsExactly("zulu-pod", "build-pod", "build-pod-retry1", "alpha-pod", "alpha-pod");
  }

  private static String run(String name, String labels, String status) {
    return "{'metadata':{'name':'%s','uid':'uid-%s','labels':{%s}},'status':{%s}}"
        .formatted(name, name, labels, status);
  }
}
