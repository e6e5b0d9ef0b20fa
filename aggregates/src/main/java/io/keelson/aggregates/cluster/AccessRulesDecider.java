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
import io.keelson.commands.cluster.AccessRulesEvent;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeFailed;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeFinished;
import io.keelson.commands.cluster.AccessRulesEvent.AclChangeStarted;
import io.keelson.commands.cluster.ClusterCommand.AddAclRules;
import io.keelson.commands.cluster.ClusterCommand.DeleteAclRule;
import io.keelson.commands.cluster.ClusterCommand.FailAclChange;
import io.keelson.commands.cluster.ClusterCommand.FinishAclChange;
import io.keelson.commands.cluster.ClusterCommand.SetAclRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may reach the API server. New rules supersede the change that still makes older ones
 * effective, whatever else happens to the cluster.
 */
final class AccessRulesDecider {

  static final int MAX_RULES = 100;

  private static final String RULES = "acls";

  private AccessRulesDecider() {}

  static List<AccessRulesEvent> set(SetAclRules c, ClusterState state) {
    return change(
        c.clusterId(), c.operation(), facts(c.clusterId(), state).accessRules(), c.rules());
  }

  static List<AccessRulesEvent> add(AddAclRules c, ClusterState state) {
    AccessRules before = facts(c.clusterId(), state).accessRules();
    List<AclRule> rules = new ArrayList<>(before.rules());
    for (AclRule added : c.rules()) {
      Optional<AclRule> known =
          before.rules().stream().filter(rule -> rule.id().equals(added.id())).findFirst();
      if (known.isEmpty()) {
        rules.add(added);
      } else if (!known.get().equals(added)) {
        throw new CommandRejected(
            KEY_REUSED, "rule " + added.id() + " was added by another request");
      }
    }
    return change(c.clusterId(), c.operation(), before, rules);
  }

  static List<AccessRulesEvent> delete(DeleteAclRule c, ClusterState state) {
    AccessRules before = facts(c.clusterId(), state).accessRules();
    List<AclRule> rules = before.rules().stream().filter(r -> !r.id().equals(c.rule())).toList();
    if (rules.size() == before.rules().size()) {
      throw new CommandRejected(NOT_FOUND, "rule " + c.rule() + " does not exist", "acl_id");
    }
    return change(c.clusterId(), c.operation(), before, rules);
  }

  private static ClusterFacts facts(ClusterId cluster, ClusterState state) {
    return switch (state) {
      case Creating s -> s.facts();
      case Running s -> s.facts();
      case CreationFailed s -> throw s.holder().rejection(cluster);
      case Deleting s -> throw s.holder().rejection(cluster);
      case DeletionFailed s -> throw s.holder().rejection(cluster);
      case Absent _, Deleted _ -> throw ClusterRejections.notFound(cluster);
    };
  }

  private static List<AccessRulesEvent> change(
      ClusterId cluster, OperationId operation, AccessRules before, List<AclRule> after) {
    if (after.equals(before.rules()) && before.effective()) {
      return List.of(); // as it is already, also when delivered twice
    }
    check(after);
    return List.of(
        new AclChangeStarted(
            cluster, operation, before.generation() + 1, before.rules(), after, before.changes()));
  }

  private static void check(List<AclRule> rules) {
    if (rules.size() > MAX_RULES) {
      throw ClusterRejections.invalid(RULES, "must not be more than " + MAX_RULES + " rules");
    }
    if (rules.stream().filter(AclRule::scalewayRanges).count() > 1) {
      throw ClusterRejections.invalid(RULES, "only one rule may be for scaleway_ranges");
    }
    List<String> ranges = rules.stream().flatMap(rule -> Stream.ofNullable(rule.ip())).toList();
    if (ranges.stream().distinct().count() < ranges.size()) {
      throw ClusterRejections.invalid(RULES, "two rules must not have the same ip");
    }
    if (rules.stream().map(AclRule::id).distinct().count() < rules.size()) {
      throw ClusterRejections.invalid(RULES, "two rules must not have the same id");
    }
  }

  static List<AccessRulesEvent> finish(FinishAclChange c, ClusterState state) {
    return holds(c.operation(), state)
        ? List.of(new AclChangeFinished(c.clusterId(), c.operation()))
        : List.of();
  }

  static List<AccessRulesEvent> fail(FailAclChange c, ClusterState state) {
    return holds(c.operation(), state)
        ? List.of(new AclChangeFailed(c.clusterId(), c.operation(), c.reason()))
        : List.of();
  }

  private static boolean holds(OperationId operation, ClusterState state) {
    return state instanceof Present present
        && operation.equals(present.facts().accessRules().change());
  }

  static ClusterFacts evolve(ClusterFacts facts, AccessRulesEvent event) {
    AccessRules rules = facts.accessRules();
    return switch (event) {
      case AclChangeStarted e -> facts.with(rules.changing(e)).started(e.operation());
      case AclChangeFinished e -> facts.with(rules.ended(e.operation(), true));
      case AclChangeFailed e -> facts.with(rules.ended(e.operation(), false));
    };
  }
}
