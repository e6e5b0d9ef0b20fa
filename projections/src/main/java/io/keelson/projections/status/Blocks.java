package io.keelson.projections.status;

import io.keelson.commands.operation.Target;
import io.keelson.projections.status.OperationStatus.Block;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What becomes of the list of what holds a run up. The list that is given is never changed. */
final class Blocks {

  private Blocks() {}

  /** One target is held up by that now, and by nothing else; what held it up before goes on. */
  static List<Block> of(List<Block> before, Target target, List<String> reasons, Instant at) {
    List<Block> after = new ArrayList<>(before);
    after.removeIf(b -> b.target().equals(target.name()));
    for (String reason : reasons) {
      after.add(
          before.stream()
              .filter(b -> b.target().equals(target.name()) && b.detail().equals(reason))
              .findFirst()
              .orElseGet(() -> new Block(target.name(), reason, at)));
    }
    return after;
  }
}
