package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.CURRENT;
import static io.keelson.projections.status.Examples.DECISION;
import static io.keelson.projections.status.Examples.INITIATOR;
import static io.keelson.projections.status.Examples.LINEAGE;
import static io.keelson.projections.status.Examples.NEXT;
import static io.keelson.projections.status.Examples.NODE;
import static io.keelson.projections.status.Examples.OPERATION;
import static io.keelson.projections.status.Examples.ORGANIZATION;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.POOL_RUN;
import static io.keelson.projections.status.Examples.PROJECT;
import static io.keelson.projections.status.Examples.REGION;
import static io.keelson.projections.status.Examples.RULE;
import static io.keelson.projections.status.Examples.SUCCESSOR;
import static io.keelson.projections.status.Examples.attributes;
import static io.keelson.projections.status.Examples.clusterStarted;
import static io.keelson.projections.status.Examples.clusterUpgrade;
import static io.keelson.projections.status.Examples.converged;
import static io.keelson.projections.status.Examples.deletion;
import static io.keelson.projections.status.Examples.instant;
import static io.keelson.projections.status.Examples.poolStarted;
import static io.keelson.projections.status.Examples.poolTarget;
import static io.keelson.projections.status.Examples.roll;
import static io.keelson.projections.status.Examples.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.AclRule;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.Lineage;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.Origin;
import io.keelson.commands.SecretRef;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeStarted;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpgradeFailed;
import io.keelson.commands.cluster.ControlPlaneEvent.ControlPlaneUpgraded;
import io.keelson.commands.node.NodeEvent.NodeCordoned;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.RequestEvent.AdditionalResourcesRemovalRequested;
import io.keelson.commands.operation.RunEvent.OperationFailed;
import io.keelson.commands.operation.RunEvent.OperationFinished;
import io.keelson.commands.operation.RunEvent.OperationStarted;
import io.keelson.commands.operation.Target;
import io.keelson.commands.pool.PoolEvent.PoolCreationFinished;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeFailed;
import io.keelson.commands.pool.PoolEvent.PoolUpgradeStarted;
import io.keelson.commands.spec.ClusterType;
import io.keelson.commands.upgrade.RollEvent.NodeReplaced;
import io.keelson.commands.upgrade.RollEvent.NodesPlanned;
import io.keelson.commands.upgrade.RollEvent.NodesSelected;
import io.keelson.commands.upgrade.RollEvent.PlannedNode;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.Page;
import io.keelson.projections.Processor;
import io.keelson.projections.Scope;
import io.keelson.projections.status.Statuses.NodeFilter;
import io.keelson.projections.status.Statuses.Order;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusProjectionTest {

  private static final Scope SCOPE = new Scope(ORGANIZATION, null);

  private static final DataSource DATABASE = TestPostgres.database("readmodel");

  private final StatusTables tables = new StatusTables(DATABASE);
  private final Processor processor = new Processor(new StatusProjection(tables), DATABASE);

  private static final List<DomainEventMessage<?>> LIFE =
      List.of(
          message(0, clusterStarted(ClusterType.KAPSULE)),
          message(1, poolStarted(POOL)),
          message(0, started(deletion(), Target.ADDITIONAL_RESOURCES, Target.CLUSTER)),
          message(1, new AdditionalResourcesRemovalRequested(OPERATION, CLUSTER)),
          message(2, new ClusterCreationFinished(CLUSTER, OPERATION)),
          message(0, new NodeCreated(NODE, CLUSTER, POOL, attributes("one", NodePhase.READY))),
          message(3, new PoolCreationFinished(CLUSTER, POOL, OPERATION)),
          message(3, converged(Target.ADDITIONAL_RESOURCES, "none left")),
          message(4, new OperationFinished(OPERATION, CLUSTER, "delete-cluster")));

  private static final List<DomainEventMessage<?>> UPGRADE = upgrade();

  private static List<DomainEventMessage<?>> upgrade() {
    NodeId other = new NodeId(new UUID(5, 2));
    return List.of(
        message(4, clusterUpgrade(OPERATION)),
        message(
            5,
            new AclChangeStarted(
                CLUSTER,
                OPERATION,
                2,
                List.of(AclRule.initial(CLUSTER)),
                List.of(RULE),
                List.of())),
        message(6, new ControlPlaneUpgraded(CLUSTER, OPERATION, CURRENT, NEXT, List.of())),
        message(
            7,
            new PoolUpgradeStarted(
                CLUSTER,
                POOL,
                POOL_RUN,
                OPERATION,
                poolTarget(NEXT),
                CURRENT,
                UpgradePolicy.DEFAULT,
                List.of())),
        message(
            0,
            new OperationStarted(
                POOL_RUN,
                CLUSTER,
                roll(UpgradePolicy.DEFAULT),
                new Lineage(INITIATOR, LINEAGE.correlationId(), OPERATION),
                List.of(Target.pool(POOL)),
                Duration.ofMinutes(10))),
        message(
            1,
            new NodesPlanned(
                POOL_RUN,
                CLUSTER,
                POOL,
                List.of(new PlannedNode(NODE, CURRENT), new PlannedNode(other, CURRENT)),
                List.of(),
                NEXT)),
        message(2, new NodesSelected(POOL_RUN, CLUSTER, POOL, List.of(NODE), DECISION)),
        message(1, new NodeCordoned(NODE, CLUSTER, POOL, POOL_RUN)),
        message(3, new NodeReplaced(POOL_RUN, CLUSTER, POOL, NODE, SUCCESSOR)),
        message(4, new NodesSelected(POOL_RUN, CLUSTER, POOL, List.of(other), DECISION)),
        message(5, new OperationFailed(POOL_RUN, CLUSTER, "upgrade-pool", "not drained")),
        message(8, new PoolUpgradeFailed(CLUSTER, POOL, POOL_RUN, OPERATION, "not drained")),
        message(9, new ClusterUpgradeFailed(CLUSTER, OPERATION, "not drained")));
  }

  private static DomainEventMessage<?> message(long version, DomainEvent event) {
    Map<String, String> metadata =
        Origin.request(
                INITIATOR,
                new UUID(9, 9),
                new Origin.Call(
                    "CreateCluster", new SecretRef(new UUID(12, 1), "AAAAAAAAAAAAAAAAAAAAAA")),
                null)
            .toMetadata();
    return Processor.message(event, version, instant(version), metadata);
  }

  @BeforeEach
  void empty() {
    tables.truncate();
  }

  @Test
  void shows_everything_of_a_cluster_that_one_batch_brought() {
    processor.deliver(LIFE);

    assertCreated();
  }

  @Test
  void shows_the_same_when_each_event_came_alone() {
    LIFE.forEach(message -> processor.deliver(List.of(message)));

    assertCreated();
  }

  @Test
  void keeps_each_effect_once_when_it_is_killed_before_the_commit_and_everything_comes_again() {
    processor.deliver(LIFE.subList(0, 4));
    processor.deliverAndDie(LIFE.subList(4, LIFE.size()));

    assertThat(tables.operation(SCOPE, OPERATION).orElseThrow().version()).isEqualTo(1);
    assertThat(tables.node(SCOPE, REGION, NODE)).isEmpty();

    processor.deliver(LIFE.subList(4, LIFE.size()));
    assertCreated();
  }

  @Test
  void keeps_each_effect_once_when_the_acknowledgement_was_lost_after_the_commit() {
    processor.deliver(LIFE.subList(0, 7));
    processor.deliver(LIFE.subList(2, LIFE.size()));
    processor.deliver(LIFE);

    assertCreated();
  }

  @Test
  void shows_nothing_of_a_deleted_cluster_but_what_was_done_to_it() {
    processor.deliver(LIFE);
    processor.deliver(
        List.of(
            message(
                4, new ClusterDeletionStarted(CLUSTER, OPERATION, false, List.of(POOL), List.of())),
            message(5, new ClusterDeletionFinished(CLUSTER, OPERATION, PROJECT, "prod")),
            message(1, new NodeDeleted(NODE, CLUSTER, POOL))));
    processor.deliver(LIFE); // again, late: it stays deleted

    assertThat(tables.cluster(SCOPE, REGION, CLUSTER)).isEmpty();
    assertThat(tables.pool(SCOPE, REGION, POOL)).isEmpty();
    assertThat(tables.node(SCOPE, REGION, NODE)).isEmpty();
    assertThat(tables.nodesOf(CLUSTER)).isEmpty();
    assertThat(tables.operation(SCOPE, OPERATION)).isPresent();
    assertThat(tables.await(CLUSTER, 5, Duration.ZERO)).isTrue();
  }

  @Test
  void leaves_out_what_came_before_its_beginning_and_goes_on() {
    processor.deliver(
        List.of(
            message(3, new PoolCreationFinished(CLUSTER, POOL, OPERATION)),
            message(0, new NodeCreated(NODE, CLUSTER, POOL, attributes("one", NodePhase.READY)))));

    assertThat(tables.await(CLUSTER, 0, Duration.ZERO)).isFalse();
    assertThat(tables.nodesOf(CLUSTER)).hasSize(1);
  }

  @Test
  void is_empty_after_a_reset_and_the_same_after_a_replay() {
    processor.deliver(LIFE);
    processor.reset();
    assertThat(tables.operation(SCOPE, OPERATION)).isEmpty();
    assertThat(tables.nodesOf(CLUSTER)).isEmpty();

    processor.deliver(LIFE);
    assertCreated();
  }

  @Test
  void shows_the_same_of_an_upgrade_however_it_was_delivered_and_after_a_replay() {
    processor.deliver(LIFE);
    processor.deliverAndDie(UPGRADE.subList(0, 5));
    assertThat(tables.cluster(SCOPE, REGION, CLUSTER).orElseThrow().upgrading()).isFalse();
    processor.deliver(UPGRADE.subList(0, 5));
    processor.deliver(UPGRADE.subList(3, UPGRADE.size())); // some of it again
    assertUpgraded();
    List<Object> rows = rows();

    UPGRADE.forEach(message -> processor.deliver(List.of(message)));
    assertThat(rows()).isEqualTo(rows);

    processor.reset();
    processor.deliver(LIFE);
    processor.deliver(UPGRADE);
    assertThat(rows()).isEqualTo(rows);
  }

  private List<Object> rows() {
    return List.of(
        tables.cluster(SCOPE, REGION, CLUSTER).orElseThrow(),
        tables.pool(SCOPE, REGION, POOL).orElseThrow(),
        tables.node(SCOPE, REGION, NODE).orElseThrow(),
        tables.operation(SCOPE, POOL_RUN).orElseThrow());
  }

  private void assertUpgraded() {
    ClusterStatus cluster = tables.cluster(SCOPE, REGION, CLUSTER).orElseThrow();
    assertThat(cluster.phase()).isEqualTo(ClusterStatus.Phase.READY);
    assertThat(cluster.spec().version()).isEqualTo(NEXT);
    assertThat(cluster.upgrading()).isFalse();
    assertThat(cluster.message()).isEqualTo("not drained");
    assertThat(cluster.acl()).containsExactly(RULE);
    assertThat(tables.clusterOfAclRule(SCOPE, REGION, RULE.id())).contains(cluster);
    assertThat(tables.clusterOfAclRule(SCOPE, REGION, AclRule.initial(CLUSTER).id())).isEmpty();

    PoolStatus pool = tables.pool(SCOPE, REGION, POOL).orElseThrow();
    assertThat(pool.phase()).isEqualTo(PoolStatus.Phase.WARNING);
    assertThat(pool.spec().version()).isEqualTo(NEXT);
    assertThat(pool.mixed()).isTrue();

    NodeStatus node = tables.node(SCOPE, REGION, NODE).orElseThrow();
    assertThat(node.phase()).isEqualTo(NodePhase.DELETING);
    assertThat(node.attributes().phase()).isEqualTo(NodePhase.READY);
    assertThat(
            tables
                .nodes(
                    CLUSTER,
                    new NodeFilter(null, null, "deleting"),
                    Order.NAME_ASC,
                    new Page.Request(1, 9))
                .total())
        .isEqualTo(1);

    OperationStatus roll = tables.operation(SCOPE, POOL_RUN).orElseThrow();
    assertThat(roll.kind()).isEqualTo(OperationKind.UPGRADE);
    assertThat(roll.pool()).isEqualTo(POOL);
    assertThat(roll.progress()).isEqualTo(new OperationStatus.Progress(1, 2));
    assertThat(roll.parent()).isEqualTo(OPERATION);
    assertThat(roll.requestedBy()).isEqualTo(INITIATOR);
    assertThat(tables.children(SCOPE, OPERATION)).containsExactly(roll);
    assertThat(tables.nodeEver(SCOPE, NODE).orElseThrow().successor()).isEqualTo(SUCCESSOR);
  }

  private void assertCreated() {
    ClusterStatus cluster = tables.cluster(SCOPE, REGION, CLUSTER).orElseThrow();
    assertThat(cluster.version()).isEqualTo(3);
    assertThat(cluster.phase()).isEqualTo(ClusterStatus.Phase.READY);
    assertThat(cluster.pools()).isEqualTo(1);
    assertThat(cluster.createdAt()).isEqualTo(instant(0));
    assertThat(cluster.updatedAt()).isEqualTo(instant(2));
    assertThat(cluster.spec()).isEqualTo(clusterStarted(ClusterType.KAPSULE).spec());

    PoolStatus pool = tables.pool(SCOPE, REGION, POOL).orElseThrow();
    assertThat(pool.phase()).isEqualTo(PoolStatus.Phase.READY);
    assertThat(pool.region()).isEqualTo(REGION);
    assertThat(pool.spec()).isEqualTo(poolStarted(POOL).spec());
    assertThat(pool.updatedAt()).isEqualTo(instant(3));

    assertThat(tables.node(SCOPE, REGION, NODE).orElseThrow().attributes())
        .isEqualTo(attributes("one", NodePhase.READY));

    OperationStatus operation = tables.operation(SCOPE, OPERATION).orElseThrow();
    assertThat(operation.state()).isEqualTo(OperationStatus.State.FINISHED);
    assertThat(operation.requestedBy()).isEqualTo(INITIATOR);
    assertThat(operation.causeSource()).isEqualTo(Origin.REQUESTS);
    assertThat(operation.causeId()).isEqualTo(new UUID(9, 9).toString());
    assertThat(operation.correlation()).isEqualTo(LINEAGE.correlationId());
    assertThat(operation.parent()).isNull();
    assertThat(operation.steps())
        .containsExactly(
            new OperationStep(
                Target.ADDITIONAL_RESOURCES.name(),
                OperationStep.State.FINISHED,
                instant(1),
                instant(3),
                "none left",
                null),
            new OperationStep(
                Target.CLUSTER.name(), OperationStep.State.PLANNED, null, null, null, null));
  }
}
