package io.keelson.projections.status;

import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.operation.Blocker;
import io.keelson.commands.operation.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a target of a run from its desired state.
 *
 * @param target {@code pool/<id>}…
 * @param node the node that it is about; null: it is about the whole target
 * @param run the other run that does the step; null: this run does it itself
 * @param detail the disruption budget, the pods…, for people
 * @param since when it was first reported without a break
 */
public record BlockedBy(
    String target, @Nullable NodeId node, @Nullable OperationId run, String detail, Instant since) {

  /** The blockers of one target are replaced; a blocker that stays keeps its time. */
  static List<BlockedBy> replaced(
      List<BlockedBy> before,
      Target target,
      @Nullable OperationId run,
      List<Blocker> blockers,
      Instant at) {
    List<BlockedBy> after = without(before, target);
    for (Blocker blocker : blockers) {
      after.add(
          before.stream()
              .filter(b -> b.target.equals(target.name()) && b.says(blocker))
              .findFirst()
              .orElseGet(
                  () -> new BlockedBy(target.name(), blocker.node(), run, blocker.detail(), at)));
    }
    return after;
  }

  /** Nothing blocks a target that has ended. */
  static List<BlockedBy> without(List<BlockedBy> before, Target target) {
    List<BlockedBy> after = new ArrayList<>(before);
    after.removeIf(b -> b.target.equals(target.name()));
    return after;
  }

  private boolean says(Blocker blocker) {
    return new Blocker(node, detail).equals(blocker);
  }
}
