// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logbridge.adapter.error.RequestException;
import io.logbridge.adapter.error.RequestException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogDocumentsTest {

  private static final String LOG = "results.tekton.dev/v1alpha3.Log";
  private static final String TASK_RUN_LOG = "results.tekton.dev/v1alpha2.TaskRunLog";

  private final LogDocuments documents = new LogDocuments("Elasticsearch");

  @ParameterizedTest
  @ValueSource(strings = {LOG, "results.tekton.dev/v1alpha2.Log"})
  void aLog_getsItsKindItsStoreAndItsStatus_andLosesWhatNobodyKnows(String type) {
    assertThat(
            checked(
                type,
                "{'metadata':{'name':'n-log','uid':'log1'},'spec':{'resource':{'uid':'u','name':'n',"
                    + "'kind':'TaskRun','other':1},'type':'','extra':1},'zzz':1,"
                    + "'status':{'isStored':false,'errorOnStoreMsg':'x'}}"))
        .isEqualTo(
            json(
                "{'kind':'Log','apiVersion':'results.tekton.dev/v1alpha3',"
                    + "'metadata':{'name':'n-log','uid':'log1','creationTimestamp':null},"
                    + "'spec':{'resource':{'kind':'TaskRun','name':'n','uid':'u'},"
                    + "'type':'Elasticsearch'},"
                    + "'status':{'size':0,'isStored':true,'logForwarder':'External',"
                    + "'storage':{'type':'Elasticsearch'},"
                    + "'errorOnStoreMsg':'','isRetryableErr':false}}"));
  }

  @Test
  void whatALogSaysOfItsStoreAndItsSize_stays() {
    assertThat(checked(LOG, "{'spec':{'type':'File'},'status':{'size':12}}"))
        .contains(json("'type':'File'"), json("'size':12"));
  }

  @Test
  void anEmptyLog_isCompleted() {
    assertThat(checked(LOG, "{}"))
        .isEqualTo(checked(LOG, "null"))
        .startsWith(json("{'kind':'Log','apiVersion':'results.tekton.dev/v1alpha3',"));
  }

  @Test
  void aTaskRunLog_keepsEverythingAndGetsItsStatus() {
    assertThat(
            checked(
                TASK_RUN_LOG,
                "{'kind':'TaskRunLog','spec':{'taskRunRef':{'name':'hello'},'x':1},'status':{'size':7}}"))
        .isEqualTo(
            json(
                "{'kind':'TaskRunLog','spec':{'taskRunRef':{'name':'hello'},'x':1},"
                    + "'status':{'size':7,'isStored':true,'logForwarder':'External',"
                    + "'storage':{'type':'Elasticsearch'}}}"));
  }

  @Test
  void otherDocuments_staySignForSign() {
    String document = json("{ 'status' : 1 }");

    assertThat(documents.checked("tekton.dev/v1.TaskRun", document)).isSameAs(document);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'spec':{'type':5}}|json: cannot unmarshal number into Go struct field LogSpec.spec.type"
            + " of type v1alpha3.LogType",
        "{'spec':[]}|json: cannot unmarshal array into Go struct field Log.spec of type"
            + " v1alpha3.LogSpec",
        "{'spec':{'resource':{'uid':true}}}|json: cannot unmarshal bool into Go struct field"
            + " Resource.spec.resource.uid of type types.UID",
        "{'status':{'size':'big'}}|json: cannot unmarshal string into Go struct field"
            + " LogStatus.status.size of type int64",
        "{'status':{'size':1.5}}|json: cannot unmarshal number 1.5 into Go struct field"
            + " LogStatus.status.size of type int64",
        "{'status':{'size':99999999999999999999}}|json: cannot unmarshal number"
            + " 99999999999999999999 into Go struct field LogStatus.status.size of type int64",
        "[]|json: cannot unmarshal array into Go value of type v1alpha3.Log",
        "{'metadata':[]}|json: cannot unmarshal array into Go struct field Log.metadata of type"
            + " v1.ObjectMeta",
        "{'metadata':{'name':5,'foo':1}}|json: cannot unmarshal number into Go struct field"
            + " ObjectMeta.metadata.name of type string",
        "{'metadata':{'name':1.5}}|json: cannot unmarshal number into Go struct field"
            + " ObjectMeta.metadata.name of type string",
        "{'metadata':{'uid':{}}}|json: cannot unmarshal object into Go struct field"
            + " ObjectMeta.metadata.uid of type types.UID",
        "{'metadata':{'generation':'1'}}|json: cannot unmarshal string into Go struct field"
            + " ObjectMeta.metadata.generation of type int64",
        "{'metadata':{'labels':{'a':1}}}|json: cannot unmarshal number into Go struct field"
            + " ObjectMeta.metadata.labels of type string",
        "{'metadata':{'annotations':[]}}|json: cannot unmarshal array into Go struct field"
            + " ObjectMeta.metadata.annotations of type map[string]string",
        "{'metadata':{'finalizers':'x'}}|json: cannot unmarshal string into Go struct field"
            + " ObjectMeta.metadata.finalizers of type []string",
        "{'metadata':{'ownerReferences':[{'controller':'yes'}]}}|json: cannot unmarshal string into"
            + " Go struct field OwnerReference.metadata.ownerReferences.controller of type bool",
        "{'metadata':{'managedFields':[3]}}|json: cannot unmarshal number into Go struct field"
            + " ObjectMeta.metadata.managedFields of type v1.ManagedFieldsEntry",
        "{'metadata':{'creationTimestamp':5}}|json: cannot unmarshal number into Go struct field"
            + " ObjectMeta.metadata.creationTimestamp of type string",
        "{'metadata':{'name':5,'creationTimestamp':'soon'}}|parsing time `soon` as"
            + " `2006-01-02T15:04:05Z07:00`: cannot parse `soon`",
        "{'spec':5,'metadata':{'name':5}}|json: cannot unmarshal number into Go struct field"
            + " Log.spec of type v1alpha3.LogSpec",
      },
      quoteCharacter = '~')
  void aLogOfAnotherShape_isRefusedInTheWordsOfGo(String document, String message) {
    assertThatThrownBy(() -> checked(LOG, document))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .hasMessage(message.replace('`', '"'));
  }

  @Test
  void metadata_isThatOfKubernetes() {
    assertThat(
            checked(
                LOG,
                "{'metadata':{'foo':1,'uid':'u','name':'n','generateName':'','labels':{'b':'1','a':null},"
                    + "'annotations':{},'generation':0,'deletionGracePeriodSeconds':0,"
                    + "'creationTimestamp':'2024-05-01T12:00:00.9+02:00','finalizers':['f',null],"
                    + "'ownerReferences':[{'name':'o','controller':false,'foo':1},null],"
                    + "'managedFields':[{'manager':'m','fieldsV1':{'f:x':{'deep':[1.50]}},'time':null}]}}"))
        .contains(
            json(
                "'metadata':{'name':'n','uid':'u','creationTimestamp':'2024-05-01T10:00:00Z',"
                    + "'deletionGracePeriodSeconds':0,'labels':{'b':'1','a':''},"
                    + "'ownerReferences':[{'apiVersion':'','kind':'','name':'o','uid':'',"
                    + "'controller':false},{'apiVersion':'','kind':'','name':'','uid':''}],"
                    + "'finalizers':['f',''],"
                    + "'managedFields':[{'manager':'m','fieldsV1':{'f:x':{'deep':[1.50]}}}]},"));
  }

  @Test
  void namesOfFields_mayHaveAnyCase() {
    assertThat(checked(LOG, "{'Metadata':{'NAME':'n'},'Spec':{'Resource':{'UID':'u'}}}"))
        .isEqualTo(checked(LOG, "{'metadata':{'name':'n'},'spec':{'resource':{'uid':'u'}}}"));
  }

  @Test
  void theDateOfAZeroTime_isNone() {
    assertThat(checked(LOG, "{'metadata':{'creationTimestamp':'0001-01-01T00:00:00Z'}}"))
        .contains(json("'metadata':{'creationTimestamp':null}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'a':", "["})
  void aFieldThatNobodyKnows_isDroppedHoweverDeepItIs(String level) {
    String deep = level.repeat(9_000) + "1" + (level.equals("[") ? "]" : "}").repeat(9_000);

    assertThat(checked(LOG, "{'x':" + deep + ",'metadata':{'x':" + deep + "}}"))
        .isEqualTo(checked(LOG, "{}"));
    assertThat(checked(TASK_RUN_LOG, "{'x':" + deep + "}")).startsWith(json("{'x':" + deep));
  }

  @Test
  void aFieldThatNobodyKnows_isDroppedHoweverLongItsNumberIs() {
    assertThat(checked(LOG, "{'x':" + "1".repeat(2_000) + "}")).isEqualTo(checked(LOG, "{}"));
  }

  @Test
  void aTaskRunLogThatIsNoObject_isRefused() {
    assertThatThrownBy(() -> checked(TASK_RUN_LOG, "[]"))
        .hasMessage("data.value: not an object (expected: a TaskRunLog)");
  }

  @Test
  void documentsThatOthersStored_areShownWhateverTheirShape() {
    assertThat(
            documents.listed(
                LOG,
                json("{'spec':{'type':5},'status':7,'metadata':{'name':{'a':[]},'uid':'u'}}"),
                null))
        .contains(
            json("'metadata':{'uid':'u','creationTimestamp':null}"),
            json("'storage':{'type':'Elasticsearch'}"));
    assertThat(documents.listed(LOG, "[]", null)).isEqualTo(checked(LOG, "{}"));
    assertThat(documents.listed(TASK_RUN_LOG, "[]", null)).isEqualTo("[]");
  }

  private String checked(String type, String document) {
    return documents.checked(type, json(document));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
