package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CURRENT;
import static io.keelson.projections.status.Examples.INITIATOR;
import static io.keelson.projections.status.Examples.NEXT;
import static io.keelson.projections.status.Examples.NODE;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.ORGANIZATION;
import static io.keelson.projections.status.Examples.PARENT;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.PROJECT;
import static io.keelson.projections.status.Examples.REGION;
import static io.keelson.projections.status.Examples.RULE;
import static io.keelson.projections.status.Examples.SUCCESSOR;
import static io.keelson.projections.status.Examples.after;
import static io.keelson.projections.status.Examples.attributes;
import static io.keelson.projections.status.Examples.instant;
import static io.keelson.projections.status.Examples.poolSpec;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterId;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.ProjectId;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.node.ConditionStatus;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.NodeEvent.NodeConditionReported;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.Report;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.spec.ClusterType;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.Page;
import io.keelson.projections.Scope;
import io.keelson.projections.status.KnownNodes.KnownNode;
import io.keelson.projections.status.Statuses.ClusterFilter;
import io.keelson.projections.status.Statuses.NodeFilter;
import io.keelson.projections.status.Statuses.OperationFilter;
import io.keelson.projections.status.Statuses.Order;
import io.keelson.projections.status.Statuses.PoolFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class StatusTablesTest {

  private static final Scope SCOPE = new Scope(ORGANIZATION, null);
  private static final ProjectId OTHER_PROJECT = new ProjectId(new UUID(2, 2));
  private static final OrganizationId OTHER_ORGANIZATION = new OrganizationId(new UUID(1, 2));
  private static final ClusterFilter ALL = new ClusterFilter(null, null, null, null, null, null);
  private static final OperationFilter ALL_OPERATIONS = new OperationFilter(null, null, null);
  private static final Page.Request FIRST = new Page.Request(1, 50);

  private static final DataSource DATABASE = TestPostgres.database("readmodel");

  private final StatusTables tables = new StatusTables(DATABASE);

  @BeforeEach
  void empty() {
    tables.truncate();
  }

  /** Scopes that see cluster, pool, node and operation number 1, and scopes that do not. */
  static List<Scope> inside() {
    return List.of(
        SCOPE,
        new Scope(ORGANIZATION, Set.of(PROJECT)),
        new Scope(ORGANIZATION, Set.of(PROJECT, OTHER_PROJECT)));
  }

  static List<Scope> outside() {
    return List.of(
        new Scope(OTHER_ORGANIZATION, null),
        new Scope(OTHER_ORGANIZATION, Set.of(PROJECT)),
        new Scope(ORGANIZATION, Set.of(OTHER_PROJECT)),
        new Scope(ORGANIZATION, Set.of()));
  }

  @ParameterizedTest
  @MethodSource("inside")
  void shows_a_tenant_what_is_in_its_scope(Scope scope) {
    saveOneOfEach();

    assertThat(tables.cluster(scope, REGION, cluster(1))).isPresent();
    assertThat(tables.clusterOfAclRule(scope, REGION, RULE.id())).isPresent();
    assertThat(tables.pool(scope, REGION, POOL)).isPresent();
    assertThat(tables.node(scope, REGION, NODE)).isPresent();
    assertThat(tables.nodeEver(scope, NODE)).isPresent();
    assertThat(tables.nodesEver(scope, List.of(NODE))).containsOnlyKeys(NODE);
    assertThat(tables.operation(scope, OPERATION)).isPresent();
    assertThat(tables.children(scope, PARENT)).hasSize(1);
    assertThat(tables.clusters(scope, REGION, ALL, Order.NAME_ASC, FIRST).total()).isEqualTo(1);
    assertThat(tables.operations(scope, ALL_OPERATIONS, null, 10)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("outside")
  void shows_a_tenant_nothing_that_is_outside_of_its_scope(Scope scope) {
    saveOneOfEach();

    assertThat(tables.cluster(scope, REGION, cluster(1))).isEmpty();
    assertThat(tables.clusterOfAclRule(scope, REGION, RULE.id())).isEmpty();
    assertThat(tables.pool(scope, REGION, POOL)).isEmpty();
    assertThat(tables.node(scope, REGION, NODE)).isEmpty();
    assertThat(tables.nodeEver(scope, NODE)).isEmpty();
    assertThat(tables.nodesEver(scope, List.of(NODE))).isEmpty();
    assertThat(tables.operation(scope, OPERATION)).isEmpty();
    assertThat(tables.children(scope, PARENT)).isEmpty();
    assertThat(tables.clusters(scope, REGION, ALL, Order.NAME_ASC, FIRST))
        .isEqualTo(new Page<ClusterStatus>(List.of(), 0));
    assertThat(tables.operations(scope, ALL_OPERATIONS, null, 10)).isEmpty();
    assertThat(tables.operations(scope, ALL_OPERATIONS, OPERATION, 10)).isEmpty();
  }

  @Test
  void finds_the_cluster_of_a_rule_unless_it_is_deleted() {
    AclRuleId initial = AclRule.initial(cluster(1)).id();
    saveOneOfEach();

    assertThat(tables.clusterOfAclRule(SCOPE, REGION, initial).map(ClusterStatus::id))
        .contains(cluster(1));
    assertThat(tables.clusterOfAclRule(SCOPE, REGION, RULE.id()).map(ClusterStatus::id))
        .contains(cluster(1));
    assertThat(tables.clusterOfAclRule(SCOPE, REGION, new AclRuleId(cluster(1).value()))).isEmpty();

    ClusterStatus other = cluster(2, "other", "1.35.3");
    tables.clusters.rows.save(
        List.of(
            after(
                other,
                Examples.at(
                    1,
                    new AclChangeStarted(
                        other.id(), OPERATION, 2, other.acl(), List.of(), List.of())))));
    assertThat(tables.clusterOfAclRule(SCOPE, REGION, AclRule.initial(cluster(2)).id())).isEmpty();

    ClusterStatus gone = cluster(1, "prod", "1.35.3");
    tables.clusters.rows.save(
        List.of(
            after(
                gone,
                Examples.at(
                    1, new ClusterDeletionFinished(gone.id(), OPERATION, PROJECT, "prod")))));
    assertThat(tables.clusterOfAclRule(SCOPE, REGION, initial)).isEmpty();
  }

  @Test
  void finds_the_cluster_of_a_rule_by_an_index() {
    assertThat(plan("select * from readmodel.cluster where acl @> '[{\"id\": \"1\"}]'"))
        .contains("cluster_of_acl_rule");
  }

  private static String plan(String query) {
    return requireNonNull(
        new TransactionTemplate(new DataSourceTransactionManager(DATABASE))
            .execute(
                _ -> {
                  JdbcTemplate sql = new JdbcTemplate(DATABASE);
                  sql.execute("set local enable_seqscan = off");
                  return String.join("\n", sql.queryForList("explain " + query, String.class));
                }));
  }

  @Test
  void shows_nothing_of_another_region() {
    saveOneOfEach();
    assertThat(tables.clusterOfAclRule(SCOPE, "nl-ams", RULE.id())).isEmpty();

    assertThat(tables.cluster(SCOPE, "nl-ams", cluster(1))).isEmpty();
    assertThat(tables.pool(SCOPE, "nl-ams", POOL)).isEmpty();
    assertThat(tables.node(SCOPE, "nl-ams", NODE)).isEmpty();
    assertThat(tables.clusters(SCOPE, "nl-ams", ALL, Order.NAME_ASC, FIRST).total()).isZero();
  }

  @Test
  void gives_back_every_row_as_it_was_written() {
    ClusterStatus cluster = cluster(1, "prod", "1.35.3");
    PoolStatus pool = pool(1, "default", PoolStatus.Phase.WARNING);
    NodeStatus node = node(1, "one", NodePhase.CREATION_FAILED);
    OperationStatus operation = operation(1, OperationKind.CREATE, OperationStatus.State.FAILED);
    tables.clusters.rows.save(List.of(cluster));
    tables.pools.rows.save(List.of(pool));
    tables.nodes.rows.save(List.of(node));
    tables.operations.rows.save(List.of(operation));

    assertThat(tables.cluster(SCOPE, REGION, cluster.id())).contains(cluster);
    assertThat(tables.pool(SCOPE, REGION, pool.id())).contains(pool);
    assertThat(tables.node(SCOPE, REGION, node.id())).contains(node);
    assertThat(tables.nodesOf(cluster(1))).containsExactly(node);
    assertThat(tables.operation(SCOPE, operation.id())).contains(operation);
  }

  @Test
  void gives_full_pages_with_the_total_on_each_even_after_the_last() {
    tables.clusters.rows.save(
        IntStream.rangeClosed(1, 7).mapToObj(n -> cluster(n, "c" + n, "1.35.3")).toList());

    assertThat(names(ALL, Order.NAME_ASC, 1, 3)).containsExactly("c1", "c2", "c3");
    assertThat(names(ALL, Order.NAME_ASC, 3, 3)).containsExactly("c7");
    for (Page.Request request :
        List.of(new Page.Request(3, 3), new Page.Request(4, 3), new Page.Request(1, 0))) {
      assertThat(tables.clusters(SCOPE, REGION, ALL, Order.NAME_ASC, request).total()).isEqualTo(7);
    }
    assertThat(names(ALL, Order.NAME_ASC, 4, 3)).isEmpty();
    assertThat(names(ALL, Order.NAME_ASC, Integer.MAX_VALUE, 100)).isEmpty();
    assertThat(names(ALL, Order.NAME_ASC, 1, 0)).isEmpty();
  }

  /** Each order alone decides: every row differs from every other in every ordered column. */
  @ParameterizedTest
  @EnumSource(Order.class)
  void orders_clusters_pools_and_nodes(Order order) {
    List<String> expected = new ArrayList<>(List.of("a", "b", "c"));
    if (order.name().endsWith("_DESC")) {
      expected = expected.reversed();
    }
    saveInEveryOrder();

    assertThat(names(ALL, order, 1, 50)).isEqualTo(expected);
    assertThat(
            tables.pools(cluster(1), new PoolFilter(null, null), order, FIRST).rows().stream()
                .map(p -> p.spec().name()))
        .isEqualTo(expected);
    assertThat(
            tables.nodes(cluster(1), new NodeFilter(null, null, null), order, FIRST).rows().stream()
                .map(n -> n.attributes().name()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void breaks_ties_by_id_so_that_pages_never_overlap(Order order) {
    List<Integer> numbers = List.of(4, 2, 5, 1, 3);
    tables.clusters.rows.save(numbers.stream().map(n -> cluster(n, "same", "1.35.3")).toList());

    List<ClusterId> seen = new ArrayList<>();
    for (int page = 1; page <= 5; page++) {
      tables
          .clusters(SCOPE, REGION, ALL, order, new Page.Request(page, 1))
          .rows()
          .forEach(row -> seen.add(row.id()));
    }

    assertThat(seen).containsExactly(cluster(1), cluster(2), cluster(3), cluster(4), cluster(5));
  }

  @ParameterizedTest
  @CsvSource({"100, 1", "%, 1", "_, 1", "a\\, 1", "100%, 1", "0_, 0", "%%, 0", "A, 0", "a, 3"})
  void finds_a_part_of_a_name_to_the_letter(String part, int found) {
    tables.clusters.rows.save(
        List.of(
            cluster(1, "a 100%", "1.35.3"),
            cluster(2, "a_b", "1.35.3"),
            cluster(3, "a\\b", "1.35.3")));

    ClusterFilter filter = new ClusterFilter(null, part, null, null, null, null);
    assertThat(tables.clusters(SCOPE, REGION, filter, Order.NAME_ASC, FIRST).total())
        .isEqualTo(found);
  }

  @Test
  void keeps_and_finds_what_the_database_cannot_hold_in_another_form() {
    tables.clusters.rows.save(List.of(cluster(1, "a\0b\uD83D\uDE00'\"{},", "1.35.3")));

    ClusterFilter filter = new ClusterFilter(null, "a\0b", null, null, null, null);
    assertThat(tables.clusters(SCOPE, REGION, filter, Order.NAME_ASC, FIRST).rows())
        .extracting(row -> row.spec().name())
        .containsExactly("a\uFFFDb\uD83D\uDE00'\"{},");
  }

  @Test
  void filters_clusters_by_each_field() {
    ClusterStatus one = cluster(1, "one", "1.35.3");
    ClusterStatus two =
        new ClusterStatus(
            cluster(2),
            0,
            ORGANIZATION,
            OTHER_PROJECT,
            REGION,
            Examples.clusterSpec("two", ClusterType.MULTICLOUD, "1.3.5"),
            ClusterStatus.Phase.LOCKED,
            0,
            List.of(RULE),
            null,
            false,
            "why",
            null,
            instant(1),
            instant(1));
    tables.clusters.rows.save(List.of(one, two));

    assertThat(found(new ClusterFilter(OTHER_PROJECT, null, null, null, null, null)))
        .containsExactly(two);
    assertThat(found(new ClusterFilter(null, null, ClusterStatus.Phase.LOCKED, null, null, null)))
        .containsExactly(two);
    assertThat(found(new ClusterFilter(null, null, null, "multicloud", null, null)))
        .containsExactly(two);
    assertThat(found(new ClusterFilter(null, null, null, null, new UUID(7, 1), null)))
        .containsExactly(one, two);
    assertThat(found(new ClusterFilter(null, null, null, null, new UUID(7, 2), null))).isEmpty();
    assertThat(found(new ClusterFilter(null, null, null, null, null, "1.3")))
        .containsExactly(one, two);
    assertThat(found(new ClusterFilter(null, null, null, null, null, "1.35"))).containsExactly(one);
    assertThat(found(new ClusterFilter(null, null, null, null, null, "3.5"))).isEmpty();
    assertThat(found(new ClusterFilter(PROJECT, "two", null, null, null, null))).isEmpty();
  }

  @Test
  void filters_pools_by_each_field_inside_their_cluster() {
    tables.pools.rows.save(
        List.of(
            pool(1, "blue", PoolStatus.Phase.READY),
            pool(2, "bluer", PoolStatus.Phase.SCALING),
            pool(3, "blue", PoolStatus.Phase.DELETED)));

    assertThat(pools(cluster(1), new PoolFilter("lue", null))).containsExactly("blue", "bluer");
    assertThat(pools(cluster(1), new PoolFilter("bluer", null))).containsExactly("bluer");
    assertThat(pools(cluster(1), new PoolFilter(null, PoolStatus.Phase.READY)))
        .containsExactly("blue");
    assertThat(pools(cluster(1), new PoolFilter(null, PoolStatus.Phase.DELETED))).isEmpty();
    assertThat(pools(cluster(2), new PoolFilter(null, null))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "creating,       CREATING",
    "starting,       STARTING",
    "registering,    REGISTERING",
    "ready,          READY",
    "not_ready,      NOT_READY",
    "rebooting,      REBOOTING",
    "creation_error, CREATION_FAILED",
    "deleting,       DELETING",
    "locked,         ",
    "READY,          "
  })
  void finds_nodes_by_the_status_as_the_api_spells_it(String status, @Nullable String name) {
    List<NodeStatus> all = new ArrayList<>();
    for (NodePhase phase : NodePhase.values()) {
      all.add(node(all.size(), phase.name(), phase));
    }
    tables.nodes.rows.save(all);

    assertThat(nodes(new NodeFilter(null, null, status)))
        .isEqualTo(name == null ? List.of() : List.of(name));
    assertThat(nodes(new NodeFilter(null, null, null))).hasSize(all.size());
  }

  @Test
  void filters_nodes_by_pool_and_name_and_leaves_out_the_deleted() {
    NodeStatus gone = node(3, "three", NodePhase.READY);
    tables.nodes.rows.save(
        List.of(node(1, "one", NodePhase.READY), node(2, "two", NodePhase.READY), deleted(gone)));

    assertThat(nodes(new NodeFilter(POOL, null, null))).containsExactly("one", "two");
    assertThat(nodes(new NodeFilter(new PoolId(new UUID(4, 2)), null, null))).isEmpty();
    assertThat(nodes(new NodeFilter(null, "tw", null))).containsExactly("two");
    assertThat(nodes(new NodeFilter(null, "three", null))).isEmpty();
    assertThat(tables.nodesOf(cluster(1))).hasSize(2);
  }

  @Test
  void finds_a_node_that_is_reported_as_not_ready_by_that_and_gives_it_back_as_it_was_written() {
    NodeStatus ready = node(1, "one", NodePhase.READY);
    NodeStatus denied =
        after(
            ready,
            Examples.at(
                1,
                new NodeConditionReported(
                    ready.id(),
                    ready.cluster(),
                    POOL,
                    "Ready",
                    ConditionStatus.Unknown,
                    null,
                    "no heartbeat",
                    new Report("/monitor", "1", null, null, null))));
    tables.clusters.rows.save(List.of(cluster(1, "prod", "1.35.3")));
    tables.nodes.rows.save(List.of(denied));

    assertThat(nodes(new NodeFilter(null, null, "not_ready"))).containsExactly("one");
    assertThat(nodes(new NodeFilter(null, null, "ready"))).isEmpty();
    assertThat(tables.node(SCOPE, REGION, ready.id())).contains(denied);
  }

  @Test
  void knows_nodes_by_their_machines_deleted_ones_included() {
    NodeStatus gone = node(2, "two", NodePhase.READY);
    NodeStatus machineless =
        NodeStatus.created(
            new NodeId(new UUID(5, 3)),
            0,
            cluster(1),
            POOL,
            new NodeAttributes("three", CURRENT, NodePhase.CREATING, "", Map.of(), "", ""),
            instant(1));
    tables.clusters.rows.save(List.of(cluster(1, "prod", "1.35.3")));
    tables.nodes.rows.save(List.of(node(1, "one", NodePhase.READY), deleted(gone), machineless));

    assertThat(tables.node("scaleway://instance/fr-par-1/" + NODE))
        .contains(new KnownNode(NODE, cluster(1), ORGANIZATION));
    assertThat(tables.node(gone.attributes().providerId()).map(KnownNode::node))
        .contains(gone.id());
    assertThat(tables.node(gone.id()).map(KnownNode::organization)).contains(ORGANIZATION);
    assertThat(tables.node("scaleway://instance/fr-par-1/other")).isEmpty();
    assertThat(tables.node("")).isEmpty();
    assertThat(tables.node(new NodeId(new UUID(5, 99)))).isEmpty();
  }

  @Test
  void lists_operations_newest_first_and_continues_after_any_of_them() {
    tables.clusters.rows.save(List.of(cluster(1, "prod", "1.35.3")));
    tables.operations.rows.save(
        IntStream.rangeClosed(1, 6)
            .mapToObj(
                n ->
                    operation(
                        n,
                        n % 2 == 0 ? OperationKind.UPDATE : OperationKind.CREATE,
                        n % 3 == 0
                            ? OperationStatus.State.RUNNING
                            : OperationStatus.State.FINISHED))
            .toList());

    assertThat(operations(ALL_OPERATIONS, null, 4)).containsExactly(6L, 5L, 4L, 3L);
    assertThat(operations(ALL_OPERATIONS, 3L, 4)).containsExactly(2L, 1L);
    assertThat(operations(ALL_OPERATIONS, 1L, 4)).isEmpty();
    assertThat(operations(ALL_OPERATIONS, 77L, 4)).isEmpty();
    assertThat(operations(new OperationFilter(null, OperationKind.UPDATE, null), null, 9))
        .containsExactly(6L, 4L, 2L);
    assertThat(operations(new OperationFilter(null, OperationKind.UPDATE, null), 5L, 9))
        .containsExactly(4L, 2L);
    assertThat(operations(new OperationFilter(null, null, OperationStatus.State.RUNNING), null, 9))
        .containsExactly(6L, 3L);
    assertThat(operations(new OperationFilter(cluster(1), null, null), null, 9)).hasSize(6);
    assertThat(operations(new OperationFilter(cluster(2), null, null), null, 9)).isEmpty();
  }

  @Test
  void treats_the_operation_of_another_tenant_as_a_cursor_like_an_unknown_one() {
    saveOneOfEach();
    ClusterStatus foreign = cluster(2, "theirs", "1.35.3");
    tables.clusters.rows.save(
        List.of(
            new ClusterStatus(
                foreign.id(),
                0,
                OTHER_ORGANIZATION,
                OTHER_PROJECT,
                REGION,
                foreign.spec(),
                foreign.phase(),
                0,
                List.of(),
                null,
                false,
                "",
                null,
                instant(1),
                instant(1))));
    OperationStatus theirs = operation(2, OperationKind.CREATE, OperationStatus.State.RUNNING);
    tables.operations.rows.save(
        List.of(
            new OperationStatus(
                theirs.id(),
                0,
                theirs.kind(),
                foreign.id(),
                null,
                null,
                theirs.state(),
                null,
                theirs.requestedBy(),
                theirs.correlation(),
                PARENT,
                theirs.causeSource(),
                theirs.causeId(),
                theirs.steps(),
                theirs.roll(),
                theirs.blockedBy(),
                theirs.nodeIds(),
                theirs.startedAt(),
                null,
                theirs.updatedAt())));

    assertThat(operations(ALL_OPERATIONS, null, 9)).containsExactly(1L);
    assertThat(operations(ALL_OPERATIONS, 2L, 9)).isEmpty();
    assertThat(tables.children(SCOPE, PARENT))
        .extracting(OperationStatus::id)
        .containsExactly(OPERATION);
    assertThat(tables.nodeEver(SCOPE, NODE).orElseThrow().operations()).hasSize(1);
  }

  @Test
  void shows_the_runs_that_a_run_started_in_their_order() {
    tables.clusters.rows.save(List.of(cluster(1, "prod", "1.35.3")));
    tables.operations.rows.save(
        IntStream.of(3, 1, 2)
            .mapToObj(n -> operation(n, OperationKind.UPGRADE, OperationStatus.State.RUNNING))
            .toList());

    assertThat(tables.children(SCOPE, PARENT))
        .extracting(o -> o.id().value().getLeastSignificantBits())
        .containsExactly(1L, 2L, 3L);
    assertThat(tables.children(SCOPE, OPERATION)).isEmpty();
  }

  @Test
  void shows_a_deleted_node_with_what_was_done_to_it() {
    NodeStatus gone = deleted(node(1, "one", NodePhase.DELETING));
    NodeStatus successor = node(9, "nine", NodePhase.READY);
    tables.clusters.rows.save(
        List.of(
            after(
                cluster(1, "prod", "1.35.3"),
                Examples.at(
                    1, new ClusterDeletionFinished(cluster(1), OPERATION, PROJECT, "prod")))));
    tables.nodes.rows.save(List.of(gone, successor));
    tables.operations.rows.save(
        List.of(operation(1, OperationKind.UPGRADE, OperationStatus.State.FINISHED)));

    NodeLife before = tables.nodeEver(SCOPE, NODE).orElseThrow();
    assertThat(before.node()).isEqualTo(gone);
    assertThat(before.node().deletedAt()).isEqualTo(instant(1));
    assertThat(before.predecessor()).isNull();
    assertThat(before.successor()).isEqualTo(SUCCESSOR);
    assertThat(before.operations()).extracting(OperationStatus::id).containsExactly(OPERATION);
    NodeLife after = tables.nodeEver(SCOPE, SUCCESSOR).orElseThrow();
    assertThat(after.predecessor()).isEqualTo(NODE);
    assertThat(after.successor()).isNull();
    assertThat(after.operations()).hasSize(1);
    assertThat(tables.nodesEver(SCOPE, List.of(NODE, SUCCESSOR, new NodeId(new UUID(5, 77)))))
        .isEqualTo(Map.of(NODE, gone, SUCCESSOR, successor));
    assertThat(tables.nodesEver(SCOPE, List.of())).isEmpty();
  }

  @Test
  void knows_no_operations_of_a_node_that_none_was_about() {
    tables.clusters.rows.save(List.of(cluster(1, "prod", "1.35.3")));
    tables.nodes.rows.save(List.of(node(2, "two", NodePhase.READY)));
    tables.operations.rows.save(
        List.of(operation(1, OperationKind.UPGRADE, OperationStatus.State.FINISHED)));

    assertThat(tables.nodeEver(SCOPE, new NodeId(new UUID(5, 2))).orElseThrow())
        .isEqualTo(new NodeLife(node(2, "two", NodePhase.READY), null, null, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "operation_of_node,   node_ids @> '[\"1\"]'",
    "operation_of_parent, parent = '00000000-0000-0000-0000-000000000001'"
  })
  void finds_the_operations_of_a_node_and_of_a_parent_by_an_index(String index, String condition) {
    assertThat(plan("select * from readmodel.operation where " + condition)).contains(index);
  }

  private void saveOneOfEach() {
    tables.clusters.rows.save(List.of(cluster(1, "prod", "1.35.3")));
    tables.pools.rows.save(List.of(pool(1, "default", PoolStatus.Phase.READY)));
    tables.nodes.rows.save(List.of(node(1, "one", NodePhase.READY)));
    tables.operations.rows.save(
        List.of(operation(1, OperationKind.CREATE, OperationStatus.State.RUNNING)));
  }

  /** Texts would order 1.9.0 after 1.35.3, and 09:13:59Z after 09:13:59.3Z. */
  private void saveInEveryOrder() {
    List<String> names = List.of("a", "b", "c");
    List<String> versions = List.of("1.9.10", "1.35.3", "1.100.0");
    List<ClusterStatus.Phase> phases =
        List.of(
            ClusterStatus.Phase.CREATING, ClusterStatus.Phase.LOCKED, ClusterStatus.Phase.READY);
    List<PoolStatus.Phase> poolPhases =
        List.of(PoolStatus.Phase.LOCKED, PoolStatus.Phase.READY, PoolStatus.Phase.SCALING);
    List<NodePhase> nodePhases =
        List.of(NodePhase.CREATING, NodePhase.CREATION_FAILED, NodePhase.READY);
    List<Instant> instants =
        List.of(
            Instant.parse("2026-07-03T09:13:59Z"),
            Instant.parse("2026-07-03T09:13:59.3Z"),
            Instant.parse("2026-07-03T09:13:59.300001Z"));
    for (int i = 0; i < 3; i++) {
      // Their ids go against every order.
      UUID id = new UUID(3, 3 - i);
      tables.clusters.rows.save(
          List.of(
              new ClusterStatus(
                  new ClusterId(id),
                  0,
                  ORGANIZATION,
                  PROJECT,
                  REGION,
                  Examples.clusterSpec(names.get(i), ClusterType.KAPSULE, versions.get(i)),
                  phases.get(i),
                  0,
                  List.of(),
                  null,
                  false,
                  "",
                  null,
                  instants.get(i),
                  instants.get(i))));
      tables.pools.rows.save(
          List.of(
              new PoolStatus(
                  new PoolId(id),
                  0,
                  cluster(1),
                  REGION,
                  poolSpec(names.get(i), versions.get(i)),
                  KubernetesVersion.of(versions.get(i)),
                  poolPhases.get(i),
                  List.of(),
                  OPERATION,
                  "",
                  instants.get(i),
                  instants.get(i))));
      tables.nodes.rows.save(
          List.of(
              NodeStatus.created(
                  new NodeId(id),
                  0,
                  cluster(1),
                  POOL,
                  attributes(new NodeId(id), names.get(i), versions.get(i), nodePhases.get(i)),
                  instants.get(i))));
    }
  }

  private List<String> names(ClusterFilter filter, Order order, int page, int size) {
    return tables
        .clusters(SCOPE, REGION, filter, order, new Page.Request(page, size))
        .rows()
        .stream()
        .map(row -> row.spec().name())
        .toList();
  }

  private List<ClusterStatus> found(ClusterFilter filter) {
    Page<ClusterStatus> page = tables.clusters(SCOPE, REGION, filter, Order.NAME_ASC, FIRST);
    assertThat(page.total()).isEqualTo(page.rows().size());
    return page.rows();
  }

  private List<String> pools(ClusterId cluster, PoolFilter filter) {
    return tables.pools(cluster, filter, Order.NAME_ASC, FIRST).rows().stream()
        .map(row -> row.spec().name())
        .toList();
  }

  private List<String> nodes(NodeFilter filter) {
    return tables.nodes(cluster(1), filter, Order.NAME_ASC, FIRST).rows().stream()
        .map(row -> row.attributes().name())
        .toList();
  }

  private List<Long> operations(OperationFilter filter, @Nullable Long before, int limit) {
    return tables
        .operations(
            SCOPE, filter, before == null ? null : new OperationId(new UUID(6, before)), limit)
        .stream()
        .map(row -> row.id().value().getLeastSignificantBits())
        .toList();
  }

  private static ClusterId cluster(int number) {
    return new ClusterId(new UUID(3, number));
  }

  private static ClusterStatus cluster(int number, String name, String version) {
    return new ClusterStatus(
        cluster(number),
        0,
        ORGANIZATION,
        PROJECT,
        REGION,
        Examples.clusterSpec(name, ClusterType.KAPSULE, version),
        ClusterStatus.Phase.READY,
        0,
        List.of(AclRule.initial(cluster(number)), RULE),
        instant(3),
        true,
        "",
        OPERATION,
        instant(1),
        instant(1));
  }

  private static PoolStatus pool(int number, String name, PoolStatus.Phase phase) {
    return new PoolStatus(
        new PoolId(new UUID(4, number)),
        0,
        cluster(1),
        REGION,
        poolSpec(name),
        KubernetesVersion.of("1.34.6"),
        phase,
        List.of(),
        OPERATION,
        "",
        instant(1),
        instant(2));
  }

  private static NodeStatus node(int number, String name, NodePhase phase) {
    NodeId id = new NodeId(new UUID(5, number));
    return NodeStatus.created(
        id, 0, cluster(1), POOL, attributes(id, name, "1.35.3", phase), instant(1));
  }

  private static NodeStatus deleted(NodeStatus node) {
    return after(
        node, Examples.at(node.version() + 1, new NodeDeleted(node.id(), node.cluster(), POOL)));
  }

  private static OperationStatus operation(
      int number, OperationKind kind, OperationStatus.State state) {
    return new OperationStatus(
        new OperationId(new UUID(6, number)),
        0,
        kind,
        cluster(1),
        POOL,
        NODE,
        state,
        null,
        INITIATOR,
        new UUID(9, 9),
        PARENT,
        "/keelson/requests",
        "1",
        List.of(
            new OperationStep(
                "pool/" + POOL, OperationStep.State.RUNNING, instant(1), null, null, OPERATION),
            new OperationStep(
                "cluster", OperationStep.State.FINISHED, instant(1), instant(2), "absent", null)),
        new RollProgress(
            2,
            List.of(
                new RolledNode(
                    NODE,
                    CURRENT,
                    NEXT,
                    RolledNode.State.REPLACED,
                    instant(3),
                    instant(2),
                    SUCCESSOR))),
        List.of(new BlockedBy("pool/" + POOL, NODE, OPERATION, "web-pdb needs 2 pods", instant(1))),
        List.of(NODE, SUCCESSOR),
        instant(number),
        null,
        instant(number));
  }
}
