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
        "[]|json: cannot unmarshal array into Go value of type v1alpha3.Log",
      },
      quoteCharacter = '`')
  void aLogOfAnotherShape_isRefusedInTheWordsOfGo(String document, String message) {
    assertThatThrownBy(() -> checked(LOG, document))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT))
        .hasMessage(message);
  }

  @Test
  void aTaskRunLogThatIsNoObject_isRefused() {
    assertThatThrownBy(() -> checked(TASK_RUN_LOG, "[]"))
        .hasMessage("data.value: not an object (expected: a TaskRunLog)");
  }

  @Test
  void documentsThatOthersStored_areShownWhateverTheirShape() {
    assertThat(documents.completed(LOG, json("{'spec':{'type':5},'status':7}")))
        .contains(json("'storage':{'type':'Elasticsearch'}"));
    assertThat(documents.completed(TASK_RUN_LOG, "[]")).isEqualTo("[]");
  }

  private String checked(String type, String document) {
    return documents.checked(type, json(document));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
