// SPDX-License-Identifier: Apache-2.0
// Copyright The Logbridge Authors
package io.logbridge.adapter.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.logbridge.adapter.record.Keyset.Order;
import io.logbridge.adapter.record.Keyset.Position;
import io.logbridge.adapter.record.LabelSelector.Operator;
import io.logbridge.adapter.record.LabelSelector.Requirement;
import io.logbridge.adapter.record.ObjectSearch.Kind;
import io.logbridge.adapter.record.ObjectSearch.Part;
import io.logbridge.adapter.record.ObjectStore.Written;
import io.logbridge.backend.Deadline;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The plans of the searches for objects, on a table in which a sequential scan would hurt. */
@TestInstance(Lifecycle.PER_CLASS)
class ObjectIndexTest {

  private Database database;
  private ObjectStore store;

  @BeforeAll
  void fillTheTable() {
    database = Database.open(TestDatabase.empty(true));
    store = new ObjectStore(database);
    TestDatabase.execute(
        database,
        "INSERT INTO results (parent, id, name) SELECT 'ns' || n, 'id', 'r'"
            + " FROM generate_series(0, 19) AS n");
    TestDatabase.execute(
        database,
        """
        INSERT INTO records (parent, result_id, result_name, id, name, type, data, created_time,
                             updated_time)
        SELECT 'ns' || n % 20, 'id', 'r', 'id' || n, 'run' || n,
               CASE n % 3 WHEN 0 THEN 'tekton.dev/v1.PipelineRun' WHEN 1 THEN 'tekton.dev/v1.TaskRun'
                          ELSE 'results.tekton.dev/v1.EventList' END,
               jsonb_build_object(
                 'metadata', jsonb_build_object('name', 'run-' || n,
                   'labels', jsonb_build_object('app', 'app-' || n)),
                 'spec', jsonb_build_object('pipelineRef', jsonb_build_object('name', 'p' || n % 7)),
                 'status', jsonb_build_object('podName', 'pod-' || n,
                   'pipelineSpec', jsonb_build_object('n', n)),
                 'items', jsonb_build_array(jsonb_build_object('metadata',
                   jsonb_build_object('name', 'e' || n), 'involvedObject',
                   jsonb_build_object('name', 'pod-' || n)))),
               '2026-08-20 10:00:00+00'::timestamptz + n * interval '1 s',
               '2026-08-20 10:00:00+00'::timestamptz + n * interval '1 s'
          FROM generate_series(1, 40000) AS n
        """);
    TestDatabase.execute(database, "ANALYZE");
  }

  @AfterAll
  void close() {
    database.close();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aListOfOneNamespaceIsReadInTheOrderOfItsIndex(Kind kind) {
    assertThat(plan(ObjectSearch.all(kind, "ns3", Part.BRIEF)))
        .noneMatch(line -> line.contains("Seq Scan"))
        .noneMatch(line -> line.contains("Sort"))
        .anyMatch(line -> line.contains("Index"));
  }

  @Test
  void aPageFurtherOnCostsNoMore() {
    Position after = new Position("id20000", Instant.parse("2026-08-20T15:33:20Z"));

    assertThat(plan(ObjectSearch.all(Kind.TASK_RUN, "ns3", Part.WHOLE), after))
        .noneMatch(line -> line.contains("Seq Scan"))
        .noneMatch(line -> line.contains("Sort"));
  }

  @Test
  void whatWasWrittenLately_isFoundByAnIndex() {
    Position lately = new Position("", Instant.parse("2026-08-20T21:06:30Z"));

    assertThat(
            plan(ObjectSearch.all(Kind.TASK_RUN, "ns3", Part.WHOLE), SortKey.UPDATE_TIME, lately))
        .anyMatch(line -> line.contains("by_updated"));
    assertThat(store.written(Instant.parse("2026-08-20T21:06:37Z"), Deadline.never()))
        .containsExactlyInAnyOrder(
            new Written("ns18", "results.tekton.dev/v1.EventList"),
            new Written("ns19", "tekton.dev/v1.PipelineRun"),
            new Written("ns0", "tekton.dev/v1.TaskRun"));
  }

  @Test
  void whatIsAskedForByName_isFoundByAnIndex() {
    assertThat(plan(ObjectSearch.all(Kind.TASK_RUN, "ns1", Part.WHOLE).named("run-1")))
        .anyMatch(line -> line.contains("by_run_name"));
    assertThat(plan(ObjectSearch.all(Kind.TASK_RUN, "ns1", Part.WHOLE).withPod("pod-1")))
        .anyMatch(line -> line.contains("by_pod"))
        .anyMatch(line -> line.contains("by_earlier_pod"));
  }

  @Test
  void whatIsAskedForByALabelThatFewHave_isFoundByAnIndex() {
    LabelSelector few =
        new LabelSelector(List.of(new Requirement("app", Operator.IN, List.of("app-1"))));

    assertThat(plan(ObjectSearch.all(Kind.TASK_RUN, null, Part.WHOLE).labelled(few)))
        .anyMatch(line -> line.contains("by_label"));
  }

  @Test
  void eventsOfAnObject_areFoundByAnIndex() {
    var item = new JsonMapper().createObjectNode();
    item.putObject("involvedObject").put("name", "pod-2");

    assertThat(plan(ObjectSearch.all(Kind.EVENT_LIST, "ns2", Part.WHOLE).withItem(item)))
        .anyMatch(line -> line.contains("by_event"));
  }

  @Test
  void pipelinesAndNamespaces_areSteppedThrough() {
    Condition pipelines = ObjectStore.ofPipelines("ns3", null, null);

    assertThat(
            lines("EXPLAIN " + LooseScan.pipelines(pipelines), pipelines, pipelines.parameters()))
        .noneMatch(line -> line.contains("Seq Scan"))
        .anyMatch(line -> line.contains("by_pipeline"));
    assertThat(lines("EXPLAIN " + LooseScan.namespaces(Condition.TRUE), Condition.TRUE, List.of()))
        .noneMatch(line -> line.contains("Seq Scan"));
  }

  @Test
  void pageIsCutWhereItWouldBeTooLarge() {
    TestDatabase.execute(
        database, "INSERT INTO results (parent, id, name) VALUES ('large', 'id', 'r')");
    TestDatabase.execute(
        database,
        """
        INSERT INTO records (parent, result_id, result_name, id, name, type, data)
        SELECT 'large', 'id', 'r', 'large' || n, 'large' || n, 'tekton.dev/v1.TaskRun',
               jsonb_build_object('metadata', jsonb_build_object('name', 'large-' || n),
                                  'spec', repeat('x', 1000000))
          FROM generate_series(1, 20) AS n
        """);
    ObjectSearch search = ObjectSearch.all(Kind.TASK_RUN, "large", Part.WHOLE);

    List<ArchivedObject> page = store.page(search, null, 100, Deadline.never());

    assertThat(page).hasSize(2);
    assertThat(store.page(search, page.getLast().position(), 100, Deadline.never())).hasSize(2);
    assertThat(
            store.page(
                ObjectSearch.all(Kind.TASK_RUN, "large", Part.BRIEF), null, 100, Deadline.never()))
        .hasSize(20);
  }

  private List<String> plan(ObjectSearch search) {
    return plan(search, null);
  }

  private List<String> plan(ObjectSearch search, Position after) {
    return plan(search, SortKey.CREATE_TIME, after);
  }

  private List<String> plan(ObjectSearch search, SortKey order, Position after) {
    PageQuery query =
        new PageQuery(
            search.select(), search.condition(), new Keyset(new Order(order, false), after), 100);
    return database.query(
        "EXPLAIN " + query.sql(),
        Deadline.never(),
        statement -> {
          query.bind(statement);
          List<String> lines = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              lines.add(rows.getString(1));
            }
          }
          return lines;
        });
  }

  private List<String> lines(String sql, Condition first, List<Object> second) {
    return database.query(
        sql,
        Deadline.never(),
        statement -> {
          Parameters parameters = new Parameters(statement);
          for (Object value : first.parameters()) {
            parameters.add(value);
          }
          for (Object value : second) {
            parameters.add(value);
          }
          parameters.add(100);
          try (var rows = statement.executeQuery()) {
            List<String> lines = new java.util.ArrayList<>();
            while (rows.next()) {
              lines.add(rows.getString(1));
            }
            return lines;
          }
        });
  }
}
