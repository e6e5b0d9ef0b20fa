package io.keelson.adapters.rest.autoscaler;

import io.keelson.adapters.rest.pool.PoolResponse;
import io.keelson.projections.status.PoolStatus;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A pool as autoscalers before 2025 read it. */
public record PoolSpecsResponse(PoolResponse pool, Specs specs) {

  /**
   * The specification of one node of the pool.
   *
   * @param nodePricePerHour euros
   * @param memoryCapacity bytes, as all sizes
   * @param taints key to {@code value:Effect}
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Specs(
      double nodePricePerHour,
      int maxPods,
      int gpu,
      int cpuCapacity,
      int cpuAllocatable,
      long memoryCapacity,
      long memoryAllocatable,
      long localStorageCapacity,
      long localStorageAllocatable,
      Map<String, String> labels,
      Map<String, String> taints) {

    static Specs of(NodeTemplate node) {
      return new Specs(
          node.eurosPerHour(),
          node.pods(),
          node.gpus(),
          node.cpus(),
          node.cpus(),
          node.memory(),
          node.allocatableMemory(),
          node.storage(),
          node.allocatableStorage(),
          node.labels(),
          node.taints());
    }
  }

  /** One page of pools. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Pools(int totalCount, List<PoolSpecsResponse> pools) {}

  static PoolSpecsResponse of(PoolStatus pool) {
    return new PoolSpecsResponse(PoolResponse.of(pool), Specs.of(NodeTemplate.of(pool)));
  }
}
