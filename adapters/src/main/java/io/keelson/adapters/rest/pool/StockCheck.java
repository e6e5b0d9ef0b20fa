package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.commands.provisioning.Provisioning;
import io.keelson.commands.spec.PoolSpec;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checks that machines are in stock before a call is accepted. A repeated call must not be checked
 * again. If the provider does not report its stock, the call is accepted.
 */
@Component
public class StockCheck {
  private static final Logger log = LoggerFactory.getLogger(StockCheck.class);

  private final Provisioning provisioning;

  public StockCheck(Provisioning provisioning) {
    this.provisioning = provisioning;
  }

  /**
   * Checks new pools.
   *
   * @throws Refused when no machine is in stock for one of them
   */
  public void check(Collection<PoolSpec> pools) {
    for (PoolSpec pool : pools) {
      if (!pool.external() && pool.size() > 0) {
        check(pool.machine().zone(), pool.machine().nodeType());
      }
    }
  }

  /** Checks a pool that grows; a pool that shrinks requires no machine. */
  void checkResize(PoolSpec before, PoolSpec after) {
    if (after.size() > before.size()) {
      check(List.of(after));
    }
  }

  private void check(String zone, String nodeType) {
    if (!mayBeInStock(zone, nodeType)) {
      throw new Refused(Problem.outOfStock(nodeType));
    }
  }

  private boolean mayBeInStock(String zone, String nodeType) {
    try {
      return provisioning.inStock(zone, nodeType);
    } catch (RuntimeException unknown) {
      log.warn(
          "The stock of zone {} for node type {} is unknown: {}",
          zone,
          nodeType,
          unknown.toString());
      return true;
    }
  }
}
