package io.keelson.aggregates.cluster;

import static io.keelson.commands.CommandRejected.Reason.KEY_REUSED;
import static io.keelson.commands.CommandRejected.Reason.NOT_FOUND;

import io.keelson.aggregates.cluster.ClusterState.Absent;
import io.keelson.aggregates.cluster.ClusterState.Creating;
import io.keelson.aggregates.cluster.ClusterState.CreationFailed;
import io.keelson.aggregates.cluster.ClusterState.Deleted;
import io.keelson.aggregates.cluster.ClusterState.Deleting;
import io.keelson.aggregates.cluster.ClusterState.DeletionFailed;
import io.keelson.aggregates.cluster.ClusterState.Present;
import io.keelson.aggregates.cluster.ClusterState.Running;
import io.keelson.commands.AclRule;
import io.keelson.commands.ClusterId;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand.AddAclRules;
import io.keelson.commands.cluster.ClusterCommand.DeleteAclRule;
import io.keelson.commands.cluster.ClusterCommand.FailClusterChange;
import io.keelson.commands.cluster.ClusterCommand.FinishClusterChange;
import io.keelson.commands.cluster.ClusterCommand.SetAclRules;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterEvent.AclChangeFailed;
import io.keelson.commands.cluster.ClusterEvent.AclChangeFinished;
import io.keelson.commands.cluster.ClusterEvent.AclChangeStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may reach the API server. The newest rules hold: they end the change that still brings older
 * ones into force, whatever else is being done to the cluster.
 */
final class AclDecider {

  static final int MOST_RULES = 100;

  private static final String RULES = "acls";

  private AclDecider() {}

  static List<ClusterEvent> set(SetAclRules c, ClusterState state) {
    return change(c.clusterId(), c.operation(), facts(c.clusterId(), state).acl(), c.rules());
  }

  static List<ClusterEvent> add(AddAclRules c, ClusterState state) {
    AclFacts acl = facts(c.clusterId(), state).acl();
    List<AclRule> rules = new ArrayList<>(acl.rules());
    for (AclRule added : c.rules()) {
      Optional<AclRule> known =
          acl.rules().stream().filter(rule -> rule.id().equals(added.id())).findFirst();
      if (known.isEmpty()) {
        rules.add(added);
      } else if (!known.get().equals(added)) {
        throw new CommandRejected(
            KEY_REUSED, "rule " + added.id() + " was added by another request");
      }
    }
    return change(c.clusterId(), c.operation(), acl, rules);
  }

  static List<ClusterEvent> delete(DeleteAclRule c, ClusterState state) {
    AclFacts acl = facts(c.clusterId(), state).acl();
    List<AclRule> rules = acl.rules().stream().filter(r -> !r.id().equals(c.rule())).toList();
    if (rules.size() == acl.rules().size()) {
      throw new CommandRejected(NOT_FOUND, "rule " + c.rule() + " does not exist", "acl_id");
    }
    return change(c.clusterId(), c.operation(), acl, rules);
  }

  private static Facts facts(ClusterId cluster, ClusterState state) {
    return switch (state) {
      case Creating s -> s.facts();
      case Running s -> s.facts();
      case CreationFailed _, Deleting _, DeletionFailed _ ->
          throw Refusals.clusterBusy(cluster, state);
      case Absent _, Deleted _ -> throw Refusals.clusterNotFound(cluster);
    };
  }

  private static List<ClusterEvent> change(
      ClusterId cluster, OperationId operation, AclFacts before, List<AclRule> after) {
    if (after.equals(before.rules()) && before.inForce()) {
      return List.of(); // as it is already, also when delivered twice
    }
    check(after);
    return List.of(
        new AclChangeStarted(
            cluster, operation, before.generation() + 1, before.rules(), after, before.changes()));
  }

  private static void check(List<AclRule> rules) {
    if (rules.size() > MOST_RULES) {
      throw Refusals.invalid(RULES, "must not be more than " + MOST_RULES + " rules");
    }
    if (rules.stream().filter(AclRule::scalewayRanges).count() > 1) {
      throw Refusals.invalid(RULES, "only one rule may be for scaleway_ranges");
    }
    List<String> ranges = rules.stream().flatMap(rule -> Stream.ofNullable(rule.ip())).toList();
    if (ranges.stream().distinct().count() < ranges.size()) {
      throw Refusals.invalid(RULES, "two rules must not have the same ip");
    }
    if (rules.stream().map(AclRule::id).distinct().count() < rules.size()) {
      throw Refusals.invalid(RULES, "two rules must not have the same id");
    }
  }

  static List<ClusterEvent> finish(FinishClusterChange c, ClusterState state) {
    return holds(c.operation(), state)
        ? List.of(new AclChangeFinished(c.clusterId(), c.operation()))
        : List.of();
  }

  static List<ClusterEvent> fail(FailClusterChange c, ClusterState state) {
    return holds(c.operation(), state)
        ? List.of(new AclChangeFailed(c.clusterId(), c.operation(), c.reason()))
        : List.of();
  }

  private static boolean holds(OperationId operation, ClusterState state) {
    return state instanceof Present present && operation.equals(present.facts().acl().change());
  }
}
