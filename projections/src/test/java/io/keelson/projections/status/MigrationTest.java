package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.CLUSTER;
import static io.keelson.projections.status.Examples.NODE;
import static io.keelson.projections.status.Examples.ORGANIZATION;
import static io.keelson.projections.status.Examples.POOL;
import static io.keelson.projections.status.Examples.REGION;
import static io.keelson.projections.status.Examples.at;
import static io.keelson.projections.status.Examples.clusterStarted;
import static io.keelson.projections.status.Examples.observed;
import static io.keelson.projections.status.Examples.operationEvents;
import static io.keelson.projections.status.Examples.poolStarted;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.RowJson;
import io.keelson.projections.Scope;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Rows that were written before a migration can be read after it, and go on from there. */
class MigrationTest {

  private static final Scope SCOPE = new Scope(ORGANIZATION, null);
  private static final NodeId OTHER_NODE = new NodeId(new UUID(5, 2));

  private final PGSimpleDataSource database = TestPostgres.database();
  private final StatusTables tables = new StatusTables(database);

  @ParameterizedTest
  @EnumSource(ClusterType.class)
  void gives_a_cluster_its_first_rule_and_the_time_for_which_it_is_booked(ClusterType type) {
    ClusterStatus row = ClusterStatus.first(at(0, clusterStarted(type))).orElseThrow();
    migrate("5");
    insert("cluster", without(row, "acl", "commitmentEndsAt", "upgrading"));
    migrate("6");

    assertThat(tables.cluster(SCOPE, REGION, CLUSTER)).contains(row);
    assertThat(tables.clusterOfAclRule(SCOPE, REGION, AclRule.initial(CLUSTER).id())).contains(row);
  }

  @Test
  void derives_the_first_rule_of_every_cluster_as_the_program_does() {
    ClusterStatus row =
        ClusterStatus.first(at(0, clusterStarted(ClusterType.KAPSULE))).orElseThrow();
    List<ClusterId> ids =
        List.of("00", "3f", "7a", "9c", "d1", "ee").stream()
            .map(end -> ClusterId.of("0c4e1a52-9f64-4f5e-8d70-5b1a0c2d4e" + end))
            .toList();
    migrate("5");
    for (ClusterId id : ids) {
      ObjectNode data = without(row, "acl", "commitmentEndsAt", "upgrading");
      insert("cluster", data.put("id", id.toString()));
    }
    migrate("6");

    for (ClusterId id : ids) {
      assertThat(tables.cluster(SCOPE, REGION, id).orElseThrow().acl())
          .containsExactly(AclRule.initial(id));
    }
  }

  @Test
  void leaves_pools_nodes_and_operations_as_they_were() {
    ClusterStatus cluster =
        ClusterStatus.first(at(0, clusterStarted(ClusterType.KAPSULE))).orElseThrow();
    PoolStatus pool = PoolStatus.first(REGION, at(1, poolStarted(POOL))).orElseThrow();
    NodeStatus node =
        NodeStatus.first(
                at(0, new NodeCreated(NODE, CLUSTER, POOL, observed(NODE, "one", Phase.READY))))
            .orElseThrow();
    NodeStatus going =
        NodeStatus.first(
                at(
                    0,
                    new NodeCreated(
                        OTHER_NODE, CLUSTER, POOL, observed(OTHER_NODE, "two", Phase.DELETING))))
            .orElseThrow();
    OperationStatus operation =
        OperationStatus.first(at(0, requireNonNull(operationEvents().get("OperationStarted"))))
            .orElseThrow()
            .after(at(1, requireNonNull(operationEvents().get("StepStarted"))));
    migrate("5");
    insert("cluster", without(cluster, "acl", "commitmentEndsAt", "upgrading"));
    ObjectNode oldPool = without(pool, "oldest");
    object(oldPool, "spec").remove("userData");
    insert("pool", oldPool);
    for (NodeStatus row : List.of(node, going)) {
      ObjectNode data = without(row, "reboot", "trouble", "leaving");
      object(data, "observed").remove("bootId");
      insert("node", data);
    }
    ObjectNode oldOperation = without(operation, "node", "roll", "blockedBy");
    oldOperation.get("steps").forEach(step -> ((ObjectNode) step).remove("run"));
    insert("operation", oldOperation);
    migrate("6");

    PoolStatus migrated = tables.pool(SCOPE, REGION, POOL).orElseThrow();
    assertThat(migrated.spec().userData()).isEmpty();
    assertThat(migrated.oldest()).isEqualTo(pool.oldest());
    assertThat(migrated.mixed()).isFalse();
    NodeStatus ready = tables.node(SCOPE, REGION, NODE).orElseThrow();
    assertThat(ready.phase()).isEqualTo(Phase.READY);
    assertThat(ready.observed().bootId()).isEmpty();
    assertThat(ready.leaving()).isFalse();
    assertThat(ready.trouble()).isEmpty();
    assertThat(tables.node(SCOPE, REGION, OTHER_NODE).orElseThrow().leaving()).isTrue();
    assertThat(tables.operation(SCOPE, operation.id())).contains(operation);
  }

  private static ObjectNode without(Object row, String... components) {
    ObjectNode data = RowJson.MAPPER.valueToTree(row);
    return data.remove(List.of(components));
  }

  private static ObjectNode object(ObjectNode in, String name) {
    return (ObjectNode) in.get(name);
  }

  private void insert(String table, ObjectNode data) {
    new JdbcTemplate(database)
        .update(
            "insert into readmodel." + table + " (data) values (cast(? as jsonb))",
            data.toString());
  }

  private void migrate(String target) {
    Flyway.configure()
        .dataSource(database)
        .schemas("readmodel")
        .defaultSchema("readmodel")
        .locations("classpath:db/readmodel")
        .target(target)
        .load()
        .migrate();
  }
}
