package io.keelson.projections.status;

import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.operation.Plan;
import org.jspecify.annotations.Nullable;

/**
 * How far nodes are replaced one after the other. That a node is gone is not told; but no more than
 * so many are on their way at a time, so those that were told to go before them are.
 *
 * @param beside so many at the most are on their way at a time
 * @param planned so many are to be replaced
 * @param chosen so many have been told to go
 * @param replaced so many are gone, and their successors ready
 */
public record Roll(int beside, int planned, int chosen, int replaced) {

  /** Of a plan; null: it replaces no nodes. */
  static @Nullable Roll of(Plan plan) {
    return switch (plan) {
      case Plan.UpgradePool p -> within(p.policy());
      case Plan.ReplaceNode p -> within(p.policy());
      case Plan.CreateCluster _,
          Plan.CreatePool _,
          Plan.UpdatePool _,
          Plan.ScalePool _,
          Plan.UpdateCluster _,
          Plan.SetClusterType _,
          Plan.UpgradeCluster _,
          Plan.RebootNode _,
          Plan.SetAcl _,
          Plan.ResetAdminToken _,
          Plan.DeletePool _,
          Plan.DeleteCluster _ ->
          null;
    };
  }

  private static Roll within(UpgradePolicy policy) {
    return new Roll(Math.max(1, policy.maxSurge() + policy.maxUnavailable()), 0, 0, 0);
  }

  /** A round begins once all nodes of those before it are replaced. */
  Roll planned(int nodes) {
    return new Roll(beside, chosen + nodes, chosen, chosen);
  }

  /** Nodes that do not serve go all at once, however many they are. */
  Roll chosen(int nodes) {
    int all = chosen + nodes;
    int most = Math.max(beside, nodes);
    return new Roll(most, Math.max(planned, all), all, Math.max(replaced, all - most));
  }
}
