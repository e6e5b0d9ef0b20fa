package io.keelson.adapters.provisioning;

import io.keelson.commands.AclRule;
import io.keelson.commands.operation.Target;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.commands.spec.PoolSpec;
import java.util.List;

/**
 * The newest desired state of one target, folded from events. A request adds the generation, and
 * for a pool the number of nodes. It holds references to secrets and never their values.
 */
sealed interface Desired {

  Runs runs();

  record OfControlPlane(String region, ClusterSpec spec, Runs runs) implements Desired {

    OfControlPlane with(ClusterSpec changed) {
      return new OfControlPlane(region, changed, runs);
    }

    OfControlPlane with(Runs changed) {
      return new OfControlPlane(region, spec, changed);
    }
  }

  record OfPool(PoolSpec spec, Runs runs) implements Desired {

    OfPool with(PoolSpec changed) {
      return new OfPool(changed, runs);
    }

    OfPool with(Runs changed) {
      return new OfPool(spec, changed);
    }
  }

  record OfAcl(List<AclRule> rules, Runs runs) implements Desired {

    public OfAcl {
      rules = List.copyOf(rules);
    }

    OfAcl with(Runs changed) {
      return new OfAcl(rules, changed);
    }
  }

  /** The type that a target's desired state has. */
  static Class<? extends Desired> type(Target target) {
    if (target.equals(Target.CONTROL_PLANE)) {
      return OfControlPlane.class;
    }
    return target.equals(Target.ACL) ? OfAcl.class : OfPool.class;
  }
}
