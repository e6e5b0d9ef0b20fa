package io.keelson.adapters.rest.autoscaler;

import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.ClusterId;
import io.keelson.commands.PoolId;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.projections.status.PoolStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A pool as the autoscaler reads it.
 *
 * @param nodePricePerHour euros
 * @param capacity of one node, by Kubernetes' resource names
 * @param allocatable the part of the capacity that pods can use
 * @param taints key to {@code value:Effect}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AutoscalerPoolResponse(
    PoolId id,
    ClusterId clusterId,
    String name,
    String status,
    String version,
    String nodeType,
    boolean autoscaling,
    int size,
    int minSize,
    int maxSize,
    String zone,
    double nodePricePerHour,
    Map<String, Long> capacity,
    Map<String, Long> allocatable,
    Map<String, String> labels,
    Map<String, String> taints,
    String createdAt,
    String updatedAt) {

  /** One page of pools. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Pools(List<AutoscalerPoolResponse> pools, int totalCount) {}

  static AutoscalerPoolResponse of(PoolStatus pool) {
    PoolSpec spec = pool.spec();
    NodeTemplate node = NodeTemplate.of(pool);
    return new AutoscalerPoolResponse(
        pool.id(),
        pool.cluster(),
        spec.name(),
        ApiFormat.lowerCase(pool.phase()),
        spec.version().toString(),
        spec.machine().nodeType(),
        spec.scaling().autoscaling(),
        spec.size(),
        spec.scaling().min(),
        spec.scaling().max(),
        spec.machine().zone(),
        node.eurosPerHour(),
        resources(node, node.memory(), node.storage()),
        resources(node, node.allocatableMemory(), node.allocatableStorage()),
        node.labels(),
        node.taints(),
        ApiFormat.instant(pool.createdAt()),
        ApiFormat.instant(pool.updatedAt()));
  }

  private static Map<String, Long> resources(NodeTemplate node, long memory, long storage) {
    Map<String, Long> resources = new TreeMap<>();
    resources.put("cpu", (long) node.cpus());
    resources.put("memory", memory);
    resources.put("ephemeral-storage", storage);
    resources.put("pods", (long) node.pods());
    if (node.gpus() > 0) {
      resources.put("nvidia.com/gpu", (long) node.gpus());
    }
    return resources;
  }
}
