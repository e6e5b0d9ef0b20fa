package io.keelson.projections.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.Origin;
import io.keelson.commands.ProjectId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.log.LogEntry;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.Scope;
import io.keelson.projections.log.AuditLog.AuditFilter;
import io.keelson.projections.log.AuditLog.Audited;
import io.keelson.projections.log.AuditLog.Outcome;
import io.keelson.projections.log.History.Event;
import io.keelson.projections.log.History.EventFilter;
import io.keelson.projections.log.History.Part;
import io.keelson.projections.log.History.Range;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class LogProjectionTest {

  private static final DataSource DATABASE = TestPostgres.database("readmodel");
  private static final UUID ORGANIZATION = new UUID(1, 1);
  private static final UUID PROJECT = new UUID(2, 1);
  private static final SecretRef CLIENT = new SecretRef(new UUID(12, 1), "AAAAAAAAAAAAAAAAAAAAAA");
  private static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null, null);

  private final JdbcTemplate sql = new JdbcTemplate(DATABASE);
  private final JdbcTransactionManager transactions = new JdbcTransactionManager(DATABASE);
  private final Diary diary = new Diary();
  private final LogProjection projection = new LogProjection(DATABASE, transactions, diary);
  private final LogTables history = new LogTables(DATABASE, diary);
  private final AuditTable audit = new AuditTable(DATABASE);
  private final ClusterId cluster = new ClusterId(new UUID(3, 1));
  private final Scope scope = new Scope(new OrganizationId(ORGANIZATION), null);
  private final Scope projectScope =
      new Scope(new OrganizationId(ORGANIZATION), Set.of(new ProjectId(PROJECT)));

  @BeforeEach
  void empty() {
    sql.execute("truncate table readmodel.log, readmodel.audit, readmodel.cluster_owner");
  }

  private static Map<String, String> call(UUID request, String action) {
    return Origin.request(
            "SCWAAAAAAAAAAAAAAAAA", request, new Origin.Call(action, CLIENT), "00-1-2-00")
        .toMetadata();
  }

  private List<Long> visible(Scope scope) {
    return history.events(scope, EventFilter.NONE, Range.after(0), 1000).items().stream()
        .map(event -> event.entry().position())
        .toList();
  }

  private List<Audited> audited(Scope scope) {
    return audit.audited(scope, ALL, Range.after(0), false, 1000).items();
  }

  private List<String> everything() {
    return JdbcClient.create(DATABASE)
        .sql(
            """
            select to_jsonb(l)::text as row from readmodel.log l
            union all select to_jsonb(a)::text from readmodel.audit a
            union all select to_jsonb(o)::text from readmodel.cluster_owner o
            order by 1
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }

  private void writeALife() {
    UUID request = new UUID(5, 1);
    diary.creation(cluster, ORGANIZATION, PROJECT, call(request, "CreateCluster"));
    diary.write(
        "pool.creation-started",
        "cluster",
        cluster.value(),
        cluster,
        "{\"pool\":\"" + new UUID(6, 1) + "\"}",
        call(request, "CreateCluster"));
    diary.change(cluster);
    diary.write("release.published", "release", new UUID(8, 1), null, "{}", Map.of());
    diary.write(
        "pool.deletion-started",
        "cluster",
        cluster.value(),
        cluster,
        "{\"pool\":\"" + new UUID(6, 1) + "\"}",
        call(new UUID(5, 2), "DeletePool"));
  }

  @Test
  void a_repeat_after_a_kill_changes_nothing() {
    writeALife();
    projection.handle(diary.all());
    List<String> once = everything();

    projection.handle(diary.all());
    projection.handle(diary.all().subList(1, 3));

    assertThat(everything()).hasSize(5 + 2 + 1).isEqualTo(once);
  }

  @Test
  void a_kill_before_the_commit_leaves_nothing_of_the_batch() {
    writeALife();
    projection.handle(diary.all().subList(0, 2));
    List<String> before = everything();

    assertThatThrownBy(
            () ->
                new TransactionTemplate(transactions)
                    .executeWithoutResult(
                        _ -> {
                          projection.handle(diary.all().subList(2, 5));
                          throw new IllegalStateException("killed");
                        }))
        .hasMessage("killed");

    assertThat(everything()).isEqualTo(before);
    assertThat(history.reached()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void batches_may_be_cut_anywhere(int at) {
    writeALife();
    projection.handle(diary.all());
    List<String> whole = everything();

    empty();
    projection.handle(diary.all().subList(0, at));
    projection.handle(diary.all().subList(at, 5));

    assertThat(everything()).isEqualTo(whole);
  }

  @Test
  void rows_that_were_thrown_away_come_back_with_the_next_event() {
    writeALife();
    projection.handle(diary.all());
    List<String> before = everything();

    empty();
    projection.handle(diary.all().subList(4, 5));

    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void an_owner_is_known_within_its_batch_and_ever_after() {
    diary.change(cluster);
    diary.creation(cluster, ORGANIZATION, PROJECT, Map.of());
    diary.change(cluster);
    projection.handle(diary.all());
    LogEntry later = diary.change(cluster);
    projection.handle(List.of(later));

    assertThat(visible(scope)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(visible(projectScope)).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void an_event_that_names_no_owner_is_hidden() {
    diary.write("tide.turned", "tide", new UUID(9, 1), null, "{}", Map.of());
    diary.write(
        "tide.turned", "tide", new UUID(9, 2), new ClusterId(new UUID(3, 9)), "{}", Map.of());
    diary.write("release.published", "release", new UUID(8, 1), null, "{}", Map.of());
    projection.handle(diary.all());

    assertThat(visible(scope)).containsExactly(3L);
    assertThat(visible(new Scope(new OrganizationId(new UUID(0, 0)), null))).containsExactly(3L);
  }

  @Test
  void an_event_that_cannot_be_read_does_not_stop_the_log() {
    diary.creation(cluster, ORGANIZATION, PROJECT, Map.of());
    diary.write("cluster.a", "cluster", cluster.value(), cluster, "{", Map.of());
    diary.write("cluster.b", "cluster", cluster.value(), cluster, "[1]", Map.of());
    diary.write("nodot", "cluster", cluster.value(), cluster, "null", Map.of());
    diary.write(
        "cluster.c",
        "cluster",
        cluster.value(),
        cluster,
        "{\"operation\":7,\"node_id\":\"x\"}",
        Map.of("correlation_id", "x", "operation_id", "y", "occurred_at", "z"));
    diary.write(
        "cluster.d",
        "cluster",
        cluster.value(),
        cluster,
        "{}",
        Map.of(
            "principal",
            "a\0b",
            "cause_id",
            "\0",
            "request_id",
            "\0",
            "action",
            "A",
            "client",
            CLIENT.toString()));
    projection.handle(diary.all());

    assertThat(visible(scope)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(
            history
                .events(
                    scope,
                    new EventFilter(null, null, null, null, null, "a\0b", null),
                    Range.after(0),
                    10)
                .items())
        .hasSize(1);
  }

  @Test
  void a_request_is_audited_once_with_its_first_event() {
    writeALife();
    projection.handle(diary.all());

    assertThat(audited(scope))
        .extracting(Audited::position, Audited::action, Audited::resourceType, Audited::resourceId)
        .containsExactly(
            tuple(1L, "CreateCluster", "kube_cluster", cluster.toString()),
            tuple(5L, "DeletePool", "kube_pool", new UUID(6, 1).toString()));
    assertThat(audited(projectScope)).hasSize(2);
  }

  /** What a request was about is told from its first event, whichever class that had. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cluster.update-started           | UpdateCluster          | {}               | kube_cluster | cluster
          cluster.type-change-started      | SetClusterType         | {}               | kube_cluster | cluster
          cluster.upgrade-started          | UpgradeCluster         | {}               | kube_cluster | cluster
          cluster.action-started           | ResetClusterAdminToken | {}               | kube_cluster | cluster
          cluster.acl-change-started       | SetClusterAclRules     | {"before":[{"id":"@1"}],"after":[{"id":"@2"}]}                       | kube_acl | cluster
          cluster.acl-change-started       | SetClusterAclRules     | {"before":[{"id":"@1"}],"after":[]}                                  | kube_acl | 1
          cluster.acl-change-started       | AddClusterAclRules     | {"before":[{"id":"@1"}],"after":[{"id":"@1"},{"id":"@2"}]}           | kube_acl | 2
          cluster.acl-change-started       | AddClusterAclRules     | {"before":[],"after":[{"id":"@1"},{"id":"@2"}]}                      | kube_acl | cluster
          cluster.acl-change-started       | DeleteAclRule          | {"before":[{"id":"@1"},{"id":"@2"}],"after":[{"id":"@1"}]}           | kube_acl | 2
          cluster.acl-change-started       | DeleteAclRule          | {"before":7}                                                         | kube_acl | cluster
          pool.upgrade-started             | UpgradePool            | {"pool":"@3"}                                                        | kube_pool | 3
          pool.node-replacement-started    | ReplaceNode            | {"pool":"@3","node":"@4"}                                            | kube_node | 4
          pool.update-started              | UpdatePool             | {"pool":"@3","before":{"size":3},"after":{"size":2},"nodes_to_remove":["@4"]} | kube_pool | 3
          pool.update-started              | DeleteNode             | {"pool":"@3","before":{"size":3},"after":{"size":2},"nodes_to_remove":["@4"]} | kube_node | 4
          pool.update-started              | DeleteNode             | {"pool":"@3","before":{"size":3},"after":{"size":2},"nodes_to_remove":["@4","@5"]} | kube_node | 5
          pool.update-started              | DeleteNode             | {"pool":"@3","before":{},"after":{},"nodes_to_remove":["@4"]} | kube_node | 4
          pool.update-started              | DeleteNode             | {"pool":"@3","before":{},"after":{},"nodes_to_remove":["@4","@5"]} | kube_pool | 3
          pool.update-started              | DeleteNode             | {"pool":"@3"}                                                        | kube_pool | 3
          """)
  void a_request_is_about_the_resource_that_it_changes(
      String type, String action, String data, String resource, String id) {
    diary.creation(cluster, ORGANIZATION, PROJECT, Map.of());
    diary.write(
        type,
        "cluster",
        cluster.value(),
        cluster,
        data.replaceAll("@(\\d)", new UUID(6, 0).toString().replaceAll("0$", "\\$1")),
        call(new UUID(5, 1), action));
    projection.handle(diary.all());

    assertThat(audited(scope))
        .singleElement()
        .satisfies(
            audited -> {
              assertThat(audited.resourceType()).isEqualTo(resource);
              assertThat(audited.resourceId())
                  .isEqualTo(
                      id.equals("cluster")
                          ? cluster.toString()
                          : new UUID(6, Long.parseLong(id)).toString());
              assertThat(audited.outcome()).isEqualTo(Outcome.SUCCESS);
              assertThat(audited.locality()).isEqualTo("fr-par");
            });
  }

  @Test
  void a_reboot_is_about_its_node_and_its_run_is_found_by_that() {
    UUID node = new UUID(6, 1);
    diary.creation(cluster, ORGANIZATION, PROJECT, Map.of());
    diary.write(
        "node.reboot-started", "node", node, cluster, "{}", call(new UUID(5, 1), "RebootNode"));
    diary.write(
        "operation.started",
        "operation",
        new UUID(6, 2),
        cluster,
        "{\"plan\":{\"process\":\"reboot-node\",\"node\":\"%s\"}}".formatted(node),
        Map.of());
    diary.write(
        "operation.node-reboot-requested",
        "operation",
        new UUID(6, 2),
        cluster,
        "{\"node\":\"%s\"}".formatted(node),
        Map.of());
    diary.write(
        "pool.node-replacement-failed",
        "cluster",
        cluster.value(),
        cluster,
        "{\"node\":\"%s\"}".formatted(node),
        Map.of());
    diary.write(
        "operation.nodes-selected",
        "operation",
        new UUID(6, 2),
        cluster,
        "{\"nodes\":[]}",
        Map.of());
    projection.handle(diary.all());

    assertThat(audited(scope))
        .extracting(Audited::resourceType, Audited::resourceId)
        .containsExactly(tuple("kube_node", node.toString()));
    EventFilter ofNode = new EventFilter(null, new NodeId(node), null, null, null, null, null);
    assertThat(history.events(scope, ofNode, Range.after(0), 10).items())
        .extracting(event -> event.entry().type())
        .containsExactly(
            "node.reboot-started",
            "operation.started",
            "operation.node-reboot-requested",
            "pool.node-replacement-failed");
  }

  /** What is kept here of an event is where it stands and what it is about: never what it says. */
  @Test
  void keeps_nothing_of_what_new_machines_are_started_with() {
    diary.creation(cluster, ORGANIZATION, PROJECT, Map.of());
    diary.write(
        "pool.creation-started",
        "cluster",
        cluster.value(),
        cluster,
        "{\"pool\":\"%s\",\"spec\":{\"user_data\":{\"cloud-init\":\"I2Nsb3Vk\"}}}"
            .formatted(new UUID(6, 1)),
        call(new UUID(5, 1), "CreatePool"));
    projection.handle(diary.all());

    assertThat(everything()).noneMatch(row -> row.contains("I2Nsb3Vk"));
  }

  @Test
  void events_of_calls_hold_their_action_and_client_themselves() {
    diary.creation(cluster, ORGANIZATION, PROJECT, Map.of());
    Map<String, String> old = Map.of("initiator", "SCWB", "request_id", new UUID(5, 3).toString());
    diary.write(
        "call.refused",
        "call",
        new UUID(4, 1),
        null,
        "{\"organization\":\"%s\",\"operation\":\"ListAudit\",\"permission\":\"audit\",\"client\":{\"id\":\"%s\",\"mac\":\"%s\"}}"
            .formatted(ORGANIZATION, CLIENT.id(), CLIENT.mac()),
        old);
    projection.handle(diary.all());

    assertThat(audited(scope))
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.action()).isEqualTo("ListAudit");
              assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
              assertThat(refused.initiator()).isEqualTo("SCWB");
              assertThat(refused.client()).isEqualTo(CLIENT);
              assertThat(refused.detail()).isEqualTo("permission missing: audit");
              assertThat(refused.occurredAt()).isEqualTo(Diary.NOW.minusSeconds(60));
            });
    assertThat(audited(projectScope)).as("it belongs to no project").isEmpty();
  }

  @Test
  void an_audit_row_has_the_initiator_and_the_reference_to_its_client() {
    diary.creation(cluster, ORGANIZATION, PROJECT, call(new UUID(5, 1), "CreateCluster"));
    projection.handle(diary.all());

    assertThat(audited(scope))
        .extracting(Audited::initiator, Audited::principal, Audited::client)
        .containsExactly(tuple("SCWAAAAAAAAAAAAAAAAA", "SCWAAAAAAAAAAAAAAAAA", CLIENT));
    assertThat(everything()).noneMatch(row -> row.contains("source_ip"));
  }

  @Test
  void a_request_is_audited_although_its_client_cannot_be_read() {
    diary.write(
        "call.refused",
        "call",
        new UUID(4, 1),
        null,
        "{\"organization\":\"%s\",\"operation\":\"ListAudit\",\"client\":{\"id\":7}}"
            .formatted(ORGANIZATION),
        Map.of("request_id", new UUID(5, 3).toString()));
    projection.handle(diary.all());

    assertThat(audited(scope))
        .singleElement()
        .satisfies(refused -> assertThat(refused.client()).isNull());
  }

  @Test
  void finds_events_by_their_initiator_and_by_who_acted() {
    diary.creation(cluster, ORGANIZATION, PROJECT, call(new UUID(5, 1), "CreateCluster"));
    diary.write(
        "operation.finished",
        "operation",
        new UUID(6, 2),
        cluster,
        "{}",
        Map.of("initiator", "SCWAAAAAAAAAAAAAAAAA", "principal", "system:processes"));
    projection.handle(diary.all());

    assertThat(
            positions(new EventFilter(null, null, null, null, "SCWAAAAAAAAAAAAAAAAA", null, null)))
        .containsExactly(1L, 2L);
    assertThat(positions(new EventFilter(null, null, null, null, null, "system:processes", null)))
        .containsExactly(2L);
  }

  /**
   * The stream of a run, a member of the event, the run on whose behalf it was made: in that order.
   */
  @Test
  void finds_the_events_of_a_run_wherever_they_name_it() {
    UUID run = new UUID(6, 2);
    Map<String, String> metadata = Map.of("operation_id", new UUID(6, 3).toString());
    diary.creation(cluster, ORGANIZATION, PROJECT, Map.of());
    diary.write("operation.started", "operation", run, cluster, "{}", metadata);
    diary.write(
        "node.cordoned",
        "node",
        new UUID(6, 4),
        cluster,
        "{\"operation\":\"%s\"}".formatted(run),
        metadata);
    diary.write(
        "node.deleted",
        "node",
        new UUID(6, 4),
        cluster,
        "{}",
        Map.of("operation_id", run.toString()));
    projection.handle(diary.all());

    assertThat(positions(new EventFilter(null, null, new OperationId(run), null, null, null, null)))
        .containsExactly(2L, 3L, 4L);
  }

  @Test
  void finds_one_event_by_its_id_inside_the_scope() {
    LogEntry creation = diary.creation(cluster, ORGANIZATION, PROJECT, Map.of());
    LogEntry release =
        diary.write("release.published", "release", new UUID(8, 1), null, "{}", Map.of());
    projection.handle(diary.all());
    Scope other = new Scope(new OrganizationId(new UUID(1, 2)), null);

    assertThat(history.event(scope, creation.id()).map(Event::entry)).contains(creation);
    assertThat(history.event(projectScope, creation.id())).isPresent();
    assertThat(history.event(other, creation.id())).isEmpty();
    assertThat(history.event(new Scope(scope.organization(), Set.of()), creation.id())).isEmpty();
    assertThat(history.event(other, release.id()).map(Event::entry)).contains(release);
    assertThat(history.event(scope, new UUID(9, 9))).isEmpty();
  }

  private List<Long> positions(EventFilter filter) {
    return history.events(scope, filter, Range.after(0), 100).items().stream()
        .map(event -> event.entry().position())
        .toList();
  }

  @Test
  void a_named_organization_never_brings_anothers_project_along() {
    diary.creation(cluster, new UUID(1, 2), PROJECT, Map.of());
    diary.write(
        "call.refused",
        "call",
        new UUID(4, 1),
        cluster,
        "{\"organization\":\"%s\"}".formatted(ORGANIZATION),
        Map.of());
    projection.handle(diary.all());

    assertThat(visible(scope)).containsExactly(2L);
    assertThat(visible(projectScope)).isEmpty();
  }

  @Test
  void the_rows_that_are_read_for_one_part_have_a_bound() {
    diary.creation(cluster, ORGANIZATION, PROJECT, Map.of());
    projection.handle(diary.all());
    sql.update(
        """
        insert into readmodel.log (position, reached_at, id, type, open, stream, stream_version,
            organization, initiator, principal, correlation, cause_source, cause_id)
        select n, now(), gen_random_uuid(), 'access.x', true, gen_random_uuid(), 0, ?, 'i', 'p',
            gen_random_uuid(), 's', 'i'
        from generate_series(2, ? + 100) as n
        """,
        ORGANIZATION,
        Scan.MAX_SCANNED);

    Part<Event> first = history.events(projectScope, EventFilter.NONE, Range.after(0), 10);
    assertThat(first.items()).hasSize(1);
    assertThat(first.next()).isEqualTo(Scan.MAX_SCANNED);
    assertThat(
            history
                .events(projectScope, EventFilter.NONE, Range.after(Scan.MAX_SCANNED), 10)
                .next())
        .isNull();
    Part<Event> none = history.events(projectScope, EventFilter.NONE, Range.after(1), 10);
    assertThat(none.items()).isEmpty();
    assertThat(none.next()).isEqualTo(Scan.MAX_SCANNED + 1);
  }

  @Test
  void knows_which_organizations_new_events_affect() {
    diary.creation(cluster, ORGANIZATION, PROJECT, Map.of());
    diary.write("tide.turned", "tide", new UUID(9, 1), null, "{}", Map.of());
    diary.write("release.published", "release", new UUID(8, 1), null, "{}", Map.of());
    projection.handle(diary.all());
    OrganizationId other = new OrganizationId(new UUID(1, 2));

    assertThat(history.affected(0, 1).test(scope.organization())).isTrue();
    assertThat(history.affected(0, 1).test(other)).isFalse();
    assertThat(history.affected(1, 2).test(scope.organization())).isFalse();
    assertThat(history.affected(2, 3).test(other)).isTrue();
  }
}
