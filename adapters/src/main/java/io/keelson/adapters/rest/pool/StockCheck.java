package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.provisioning.Provisioning;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks whether there are machines for what is about to be promised; whoever repeats a call must not
 * be asked again. Where the provider cannot tell, nothing is refused: it may well have some.
 */
@Component
public class StockCheck {
  private static final Logger log = LoggerFactory.getLogger(StockCheck.class);

  private final Provisioning provisioning;

  public StockCheck(Provisioning provisioning) {
    this.provisioning = provisioning;
  }

  /**
   * Holds new pools against the stock.
   *
   * @throws Refused when there is no machine for one of them
   */
  public void check(Collection<PoolSpec> pools) {
    for (PoolSpec pool : pools) {
      if (!pool.external() && pool.size() > 0) {
        check(pool.zone(), pool.nodeType());
      }
    }
  }

  /** Holds another size of a pool against the stock: fewer nodes can always be had. */
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
      log.warn("Nobody tells whether {} has {}: {}", zone, nodeType, unknown.toString());
      return true;
    }
  }
}
