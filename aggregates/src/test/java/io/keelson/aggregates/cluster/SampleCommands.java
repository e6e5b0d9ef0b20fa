package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.ACL;
import static io.keelson.aggregates.cluster.Clusters.CHANGE;
import static io.keelson.aggregates.cluster.Clusters.CLUSTER;
import static io.keelson.aggregates.cluster.Clusters.CREATION;
import static io.keelson.aggregates.cluster.Clusters.DELETION;
import static io.keelson.aggregates.cluster.Clusters.NEXT_VERSION;
import static io.keelson.aggregates.cluster.Clusters.NODE;
import static io.keelson.aggregates.cluster.Clusters.OTHER;
import static io.keelson.aggregates.cluster.Clusters.OTHER_NODE;
import static io.keelson.aggregates.cluster.Clusters.OTHER_POOL;
import static io.keelson.aggregates.cluster.Clusters.PLANNED_ROLL;
import static io.keelson.aggregates.cluster.Clusters.POOL;
import static io.keelson.aggregates.cluster.Clusters.POOL_DELETION;
import static io.keelson.aggregates.cluster.Clusters.REMOVAL;
import static io.keelson.aggregates.cluster.Clusters.REPLACEMENT;
import static io.keelson.aggregates.cluster.Clusters.ROLLING;
import static io.keelson.aggregates.cluster.Clusters.SCALING;
import static io.keelson.aggregates.cluster.Clusters.TOKEN;
import static io.keelson.aggregates.cluster.Clusters.TYPE_CHANGE;
import static io.keelson.aggregates.cluster.Clusters.UNKNOWN_POOL;
import static io.keelson.aggregates.cluster.Clusters.UPDATE;
import static io.keelson.aggregates.cluster.Clusters.UPGRADING;
import static io.keelson.aggregates.cluster.Clusters.VERSION;
import static io.keelson.aggregates.cluster.Clusters.observed;
import static io.keelson.aggregates.cluster.Clusters.pool;
import static io.keelson.aggregates.cluster.Clusters.request;
import static io.keelson.aggregates.cluster.Clusters.spec;

import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.Taint;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.AddAclRules;
import io.keelson.commands.cluster.ClusterCommand.DeleteAclRule;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.commands.cluster.ClusterCommand.FailAclChange;
import io.keelson.commands.cluster.ClusterCommand.FailClusterAction;
import io.keelson.commands.cluster.ClusterCommand.FailClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FailClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FailClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishAclChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterAction;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterCreation;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterDeletion;
import io.keelson.commands.cluster.ClusterCommand.FinishControlPlaneUpgrade;
import io.keelson.commands.cluster.ClusterCommand.RecordClusterAbsent;
import io.keelson.commands.cluster.ClusterCommand.SetAclRules;
import io.keelson.commands.cluster.ClusterCommand.SetClusterType;
import io.keelson.commands.cluster.ClusterCommand.StartClusterAction;
import io.keelson.commands.cluster.ClusterCommand.UpdateCluster;
import io.keelson.commands.cluster.ClusterCommand.UpgradeCluster;
import io.keelson.commands.pool.PoolCommand.CreatePool;
import io.keelson.commands.pool.PoolCommand.DeletePool;
import io.keelson.commands.pool.PoolCommand.FailNodeReplacement;
import io.keelson.commands.pool.PoolCommand.FailPoolCreation;
import io.keelson.commands.pool.PoolCommand.FailPoolDeletion;
import io.keelson.commands.pool.PoolCommand.FailPoolUpdate;
import io.keelson.commands.pool.PoolCommand.FailPoolUpgrade;
import io.keelson.commands.pool.PoolCommand.FinishNodeReplacement;
import io.keelson.commands.pool.PoolCommand.FinishPoolCreation;
import io.keelson.commands.pool.PoolCommand.FinishPoolDeletion;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpdate;
import io.keelson.commands.pool.PoolCommand.FinishPoolUpgrade;
import io.keelson.commands.pool.PoolCommand.RemoveNode;
import io.keelson.commands.pool.PoolCommand.ReplaceNode;
import io.keelson.commands.pool.PoolCommand.UpdatePool;
import io.keelson.commands.pool.PoolCommand.UpgradePool;
import io.keelson.commands.spec.ClusterChange;
import io.keelson.commands.spec.ClusterType;
import io.keelson.commands.spec.PoolChange;
import io.keelson.commands.spec.PoolSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Every command, some with good arguments and some with bad ones, under a name each. */
final class SampleCommands {

  static final UpdatePool LABELS = labels(POOL, UPDATE, Map.of("tier", "web"));
  static final UpdatePool SCALE = scale(SCALING, 3);
  static final DeletePool DELETE_POOL = new DeletePool(CLUSTER, POOL, POOL_DELETION);
  static final DeleteCluster DELETE = new DeleteCluster(CLUSTER, DELETION, true);
  static final FinishClusterCreation CREATED = new FinishClusterCreation(CLUSTER, CREATION);
  static final FinishPoolCreation POOL_CREATED = new FinishPoolCreation(CLUSTER, POOL, CREATION);

  static final UpdateCluster RENAME = rename(CHANGE, "two");
  static final SetClusterType TYPE = type(TYPE_CHANGE, ClusterType.KAPSULE_DEDICATED_4);
  static final UpgradeCluster UPGRADE = upgrade(UPGRADING, NEXT_VERSION, true);
  static final FinishControlPlaneUpgrade CONTROL_PLANE_DONE =
      new FinishControlPlaneUpgrade(CLUSTER, UPGRADING);
  static final FinishPoolUpgrade PLANNED_ROLL_DONE =
      new FinishPoolUpgrade(CLUSTER, POOL, PLANNED_ROLL);
  static final SetAclRules SET_ACL =
      new SetAclRules(CLUSTER, ACL, List.of(rule("10.0.0.0/8"), rule("198.51.100.7/32")));
  static final StartClusterAction RESET_TOKEN =
      new StartClusterAction(CLUSTER, TOKEN, ClusterAction.RESET_ADMIN_TOKEN);
  static final FinishAclChange ACL_DONE = new FinishAclChange(CLUSTER, ACL);
  static final FailAclChange ACL_FAILED = new FailAclChange(CLUSTER, ACL, "no");
  static final FinishClusterAction TOKEN_DONE = new FinishClusterAction(CLUSTER, TOKEN);
  static final FailClusterAction TOKEN_FAILED = new FailClusterAction(CLUSTER, TOKEN, "no");
  static final UpgradePool ROLL = new UpgradePool(CLUSTER, POOL, ROLLING, VERSION);
  static final ReplaceNode REPLACE = new ReplaceNode(CLUSTER, POOL, NODE, REPLACEMENT);
  static final RemoveNode REMOVE = new RemoveNode(CLUSTER, POOL, NODE, REMOVAL);

  private static final Map<String, ClusterCommand> ALL = commands();

  private SampleCommands() {}

  static Map<String, ClusterCommand> all() {
    return ALL;
  }

  static ClusterCommand command(String name) {
    return Objects.requireNonNull(ALL.get(name), name);
  }

  private static Map<String, ClusterCommand> commands() {
    List<Taint> taints = List.of(new Taint("gpu", "yes", Taint.Effect.NoSchedule));
    Map<String, ClusterCommand> commands = new LinkedHashMap<>();
    commands.put("create", request("one"));
    commands.put("create other", request("two"));
    commands.put("finish", CREATED);
    commands.put("finish by other", new FinishClusterCreation(CLUSTER, OTHER));
    commands.put("fail", new FailClusterCreation(CLUSTER, CREATION, "no"));
    commands.put("fail by other", new FailClusterCreation(CLUSTER, OTHER, "no"));
    commands.put("create pool", createPool(OTHER_POOL, pool("other", 1)));
    commands.put("create same name", createPool(OTHER_POOL, pool("default", 1)));
    commands.put("create empty", createPool(OTHER_POOL, pool("other", 0)));
    commands.put("create too large", createPool(OTHER_POOL, pool("other", 151)));
    commands.put("create again", createPool(POOL, pool("default", 2)));
    commands.put("pool finish", POOL_CREATED);
    commands.put("pool fail", new FailPoolCreation(CLUSTER, POOL, CREATION, "no room"));
    commands.put("pool finish other", new FinishPoolCreation(CLUSTER, POOL, OTHER));
    commands.put("labels", LABELS);
    commands.put("same labels", labels(POOL, OTHER, Map.of()));
    commands.put("labels unknown", labels(UNKNOWN_POOL, OTHER, Map.of()));
    commands.put("taints", change(PoolChange.ofTaints(taints)));
    commands.put("startup taints", change(PoolChange.ofStartupTaints(taints)));
    commands.put("scale", SCALE);
    commands.put("same size", scale(OTHER, 1));
    commands.put("scale too far", scale(OTHER, 151));
    commands.put("bad bounds", change(sizes(null, 5, 4, null)));
    commands.put("update finish", new FinishPoolUpdate(CLUSTER, POOL, UPDATE));
    commands.put("update fail", new FailPoolUpdate(CLUSTER, POOL, UPDATE, "no"));
    commands.put("update finish other", new FinishPoolUpdate(CLUSTER, POOL, OTHER));
    commands.put("scale finish", new FinishPoolUpdate(CLUSTER, POOL, SCALING));
    commands.put("scale fail", new FailPoolUpdate(CLUSTER, POOL, SCALING, "no"));
    commands.put("delete pool", DELETE_POOL);
    commands.put("delete pool other", new DeletePool(CLUSTER, POOL, OTHER));
    commands.put("delete unknown", new DeletePool(CLUSTER, UNKNOWN_POOL, OTHER));
    commands.put("pool deletion finish", new FinishPoolDeletion(CLUSTER, POOL, POOL_DELETION));
    commands.put("pool deletion fail", new FailPoolDeletion(CLUSTER, POOL, POOL_DELETION, "stuck"));
    commands.put("delete", DELETE);
    commands.put("delete other", new DeleteCluster(CLUSTER, OTHER, true));
    commands.put("pool is deleted", new FinishPoolDeletion(CLUSTER, POOL, DELETION));
    commands.put("deletion finish", new FinishClusterDeletion(CLUSTER, DELETION));
    commands.put("deletion fail", new FailClusterDeletion(CLUSTER, DELETION, "stuck"));
    commands.put("deletion other", new FinishClusterDeletion(CLUSTER, OTHER));
    commands.put("deletion fail other", new FailClusterDeletion(CLUSTER, OTHER, "stuck"));
    commands.put("observed", observed());
    commands.put("observed absent", new RecordClusterAbsent(CLUSTER));
    commands.putAll(ofWork());
    commands.putAll(ofAccess());
    commands.putAll(ofRolls());
    return Collections.unmodifiableMap(commands);
  }

  private static Map<String, ClusterCommand> ofWork() {
    Map<String, ClusterCommand> commands = new LinkedHashMap<>();
    commands.put("rename", RENAME);
    commands.put("update other", new UpdateCluster(CLUSTER, OTHER, name(null)));
    commands.put("type", TYPE);
    commands.put("same type", type(OTHER, ClusterType.KAPSULE));
    commands.put("other family", type(OTHER, ClusterType.MULTICLOUD));
    commands.put("upgrade", UPGRADE);
    commands.put("upgrade alone", upgrade(OTHER, NEXT_VERSION, false));
    commands.put("same version", upgrade(OTHER, VERSION, false));
    commands.put("version too far", upgrade(OTHER, KubernetesVersion.of("1.37.0"), false));
    commands.put("downgrade", upgrade(OTHER, KubernetesVersion.of("1.35.2"), false));
    commands.put("control plane done", CONTROL_PLANE_DONE);
    commands.put("control plane done other", new FinishControlPlaneUpgrade(CLUSTER, OTHER));
    commands.put("rename finish", finish(CHANGE));
    commands.put("rename fail", fail(CHANGE));
    commands.put("type finish", finish(TYPE_CHANGE));
    commands.put("type fail", fail(TYPE_CHANGE));
    commands.put("upgrade finish", finish(UPGRADING));
    commands.put("upgrade fail", fail(UPGRADING));
    commands.put("change finish other", finish(OTHER));
    commands.put("change fail other", fail(OTHER));
    return commands;
  }

  private static Map<String, ClusterCommand> ofAccess() {
    Map<String, ClusterCommand> commands = new LinkedHashMap<>();
    commands.put("set acl", SET_ACL);
    commands.put("add acl", new AddAclRules(CLUSTER, OTHER, List.of(rule("192.0.2.0/24"))));
    commands.put("delete acl", new DeleteAclRule(CLUSTER, OTHER, AclRule.initial(CLUSTER).id()));
    commands.put("delete unknown acl", new DeleteAclRule(CLUSTER, OTHER, rule("::/0").id()));
    commands.put("acl finish", ACL_DONE);
    commands.put("acl fail", ACL_FAILED);
    commands.put("reset token", RESET_TOKEN);
    commands.put(
        "reset token other",
        new StartClusterAction(CLUSTER, OTHER, ClusterAction.RESET_ADMIN_TOKEN));
    commands.put("token finish", TOKEN_DONE);
    commands.put("token fail", TOKEN_FAILED);
    return commands;
  }

  private static Map<String, ClusterCommand> ofRolls() {
    Map<String, ClusterCommand> commands = new LinkedHashMap<>();
    commands.put("upgrade pool", ROLL);
    commands.put("upgrade pool newer", new UpgradePool(CLUSTER, POOL, OTHER, NEXT_VERSION));
    commands.put("upgrade pool unknown", new UpgradePool(CLUSTER, UNKNOWN_POOL, OTHER, VERSION));
    commands.put("roll finish", new FinishPoolUpgrade(CLUSTER, POOL, ROLLING));
    commands.put("roll fail", new FailPoolUpgrade(CLUSTER, POOL, ROLLING, "no"));
    commands.put("planned roll finish", PLANNED_ROLL_DONE);
    commands.put("planned roll fail", new FailPoolUpgrade(CLUSTER, POOL, PLANNED_ROLL, "no"));
    commands.put("replace", REPLACE);
    commands.put("replace other", new ReplaceNode(CLUSTER, POOL, OTHER_NODE, OTHER));
    commands.put("replace finish", new FinishNodeReplacement(CLUSTER, POOL, REPLACEMENT));
    commands.put("replace fail", new FailNodeReplacement(CLUSTER, POOL, REPLACEMENT, "no"));
    commands.put("remove", REMOVE);
    commands.put("remove again", new RemoveNode(CLUSTER, POOL, NODE, OTHER));
    commands.put("remove finish", new FinishPoolUpdate(CLUSTER, POOL, REMOVAL));
    commands.put("remove fail", new FailPoolUpdate(CLUSTER, POOL, REMOVAL, "no"));
    return commands;
  }

  static UpdateCluster rename(OperationId operation, String to) {
    return new UpdateCluster(CLUSTER, operation, name(to));
  }

  static ClusterChange name(@Nullable String to) {
    return new ClusterChange(to, null, null, null, null, null, null, null, null);
  }

  static SetClusterType type(OperationId operation, ClusterType to) {
    return new SetClusterType(CLUSTER, operation, to);
  }

  static UpgradeCluster upgrade(OperationId operation, KubernetesVersion to, boolean pools) {
    return new UpgradeCluster(CLUSTER, operation, to, pools);
  }

  static FinishClusterChange finish(OperationId operation) {
    return new FinishClusterChange(CLUSTER, operation);
  }

  static FailClusterChange fail(OperationId operation) {
    return new FailClusterChange(CLUSTER, operation, "no");
  }

  static AclRule rule(String ip) {
    return new AclRule(new AclRuleId(Id.derived("test", ip)), ip, false, "");
  }

  static CreatePool createPool(PoolId id, PoolSpec spec) {
    return new CreatePool(CLUSTER, id, OTHER, spec);
  }

  static UpdatePool labels(PoolId pool, OperationId operation, Map<String, String> to) {
    return new UpdatePool(CLUSTER, pool, operation, PoolChange.ofLabels(to));
  }

  static UpdatePool scale(OperationId operation, int size) {
    return new UpdatePool(CLUSTER, POOL, operation, PoolChange.ofSize(size));
  }

  static UpdatePool change(PoolChange change) {
    return new UpdatePool(CLUSTER, POOL, OTHER, change);
  }

  static PoolChange sizes(
      @Nullable Integer size,
      @Nullable Integer min,
      @Nullable Integer max,
      @Nullable Boolean autoscaling) {
    return new PoolChange(
        autoscaling, size, min, max, null, null, null, null, null, null, null, null, null);
  }
}
