package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.ClusterId;
import io.keelson.commands.PoolId;
import io.keelson.commands.Taint;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.projections.status.PoolStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A pool as clients see it; the components are in the order of the wire. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PoolResponse(
    String region,
    PoolId id,
    ClusterId clusterId,
    String createdAt,
    String updatedAt,
    String name,
    String status,
    String version,
    String nodeType,
    boolean autoscaling,
    int size,
    int minSize,
    int maxSize,
    String containerRuntime,
    boolean autohealing,
    List<String> tags,
    @Nullable UUID placementGroupId,
    Map<String, String> kubeletArgs,
    Policy upgradePolicy,
    String zone,
    String rootVolumeType,
    @Nullable Long rootVolumeSize,
    boolean publicIpDisabled,
    UUID securityGroupId,
    Map<String, String> labels,
    List<Taint> taints,
    List<Taint> startupTaints,
    @Nullable UUID privateNetworkId,
    @Nullable String errorMessage) {

  /** The upgrade policy of the pool. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Policy(int maxUnavailable, int maxSurge) {

    static Policy of(UpgradePolicy policy) {
      return new Policy(policy.maxUnavailable(), policy.maxSurge());
    }
  }

  /** One page of pools. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Pools(int totalCount, List<PoolResponse> pools) {}

  public static PoolResponse of(PoolStatus pool) {
    PoolSpec spec = pool.spec();
    return new PoolResponse(
        pool.region(),
        pool.id(),
        pool.cluster(),
        ApiFormat.instant(pool.createdAt()),
        ApiFormat.instant(pool.updatedAt()),
        spec.name(),
        ApiFormat.lowerCase(pool.phase()),
        spec.version().toString(),
        spec.machine().nodeType(),
        spec.scaling().autoscaling(),
        spec.size(),
        spec.scaling().min(),
        spec.scaling().max(),
        spec.machine().containerRuntime(),
        spec.autohealing(),
        spec.tags(),
        spec.machine().network().placementGroupId(),
        spec.nodes().kubeletArgs(),
        Policy.of(spec.upgradePolicy()),
        spec.machine().zone(),
        spec.machine().rootVolume().type(),
        spec.machine().rootVolume().size() == 0 ? null : spec.machine().rootVolume().size(),
        spec.machine().network().publicIpDisabled(),
        spec.machine().network().securityGroupId(),
        spec.nodes().labels(),
        spec.nodes().taints(),
        spec.nodes().startupTaints(),
        spec.machine().network().privateNetworkId(),
        pool.message().isEmpty() ? null : pool.message());
  }
}
