// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.backend.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.backend.ContainerRef;
import io.logbridge.backend.LogQuery.Direction;
import io.logbridge.backend.elasticsearch.FieldPlan.Match;
import io.logbridge.backend.paging.Window;
import io.logbridge.backend.shipped.FieldPreset;
import io.logbridge.backend.shipped.FieldRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchRequestBodyTest {

  private static final String UID = "7c1d6f0e-1f35-4b8c-9d52-3f6a5b0e9c11";
  private static final Window WINDOW = new Window(1795161600000000001L, 1795161601000000001L);

  @Test
  void firstPage_asksForTheWholeMillisecondsOfTheWindow() {
    assertThat(body(Direction.FORWARD, null, Position.START, true))
        .isEqualTo(
            "{'size':500,'track_total_hits':false,'timeout':'30000ms',"
                + "'pit':{'id':'p','keep_alive':'120000ms'},"
                + "'_source':['@timestamp','log','message','stream','logtag','partial_message',"
                + "'partial_last'],'query':{'bool':{'filter':["
                + "{'term':{'kubernetes.pod_name.keyword':'build-pod'}},"
                + "{'range':{'@timestamp':{'gte':1795161600000,'lt':1795161601001,"
                + "'format':'epoch_millis'}}}]}},'sort':["
                + "{'@timestamp':{'order':'asc','numeric_type':'date_nanos',"
                + "'unmapped_type':'date_nanos'}},"
                + "{'_seq_no':{'order':'asc','unmapped_type':'long'}},{'_shard_doc':'asc'}]}");
  }

  @Test
  void nextPage_sendsAllSortValuesAsTheyCame() {
    Position position = Position.START.behind(List.of(1795161600123456789L, 5L, 4294967296L));

    assertThat(body(Direction.FORWARD, null, position, true))
        .endsWith(",'search_after':[1795161600123456789,5,4294967296]}");
  }

  @Test
  void anotherPointInTime_beginsWithTheLastMillisecondAgain() {
    Position position = Position.START.behind(List.of(1795161600123456789L, 5L, 7L)).again();

    assertThat(body(Direction.FORWARD, null, position, false))
        .contains("'gte':1795161600123,'lt':1795161601001")
        .doesNotContain("search_after", "_seq_no");
    assertThat(body(Direction.BACKWARD, null, position, true))
        .contains("'gte':1795161600000,'lt':1795161600124", "'_shard_doc':'desc'");
  }

  @Test
  void uid_isAskedForOrAbsent() {
    assertThat(body(Direction.FORWARD, UID, Position.START, true))
        .contains(
            "{'bool':{'should':[{'match_phrase':{'kubernetes.pod_id':'"
                + UID
                + "'}},{'bool':{'must_not':[{'exists':{'field':'kubernetes.pod_id'}}]}}]}}")
        .contains("'kubernetes.pod_id',");
  }

  private static String body(
      Direction direction, String uid, Position position, boolean sequenceNumbers) {
    FieldPlan plan =
        new FieldPlan(
            "@timestamp",
            false,
            uid == null
                ? Map.of(FieldRole.POD, List.of(new Match("kubernetes.pod_name.keyword", false)))
                : Map.of(FieldRole.POD_UID, List.of(new Match("kubernetes.pod_id", true))));
    ContainerSearch search =
        new ContainerSearch(
            new ContainerRef("ci", "build-pod", uid, "step-build"),
            WINDOW,
            direction,
            new IndexTarget(List.of("logs-*"), List.of()),
            FieldMapping.of(FieldPreset.FLUENTD),
            plan);
    SearchRequestBody.Page page =
        new SearchRequestBody.Page(
            "p", Duration.ofMinutes(2), 500, Duration.ofSeconds(30), sequenceNumbers, false);
    try {
      var bytes = SearchRequestBody.of(search, position, page).asByteBuffer();
      return StandardCharsets.UTF_8.decode(bytes).toString().replace('"', '\'');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
