package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.commands.spec.ClusterType;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A cluster type as clients see it; the components are in the order of the wire.
 *
 * @param sla percent; a whole number has no decimals
 * @param region always empty, as recorded
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ClusterTypeResponse(
    String name,
    String availability,
    int maxNodes,
    String commitmentDelay,
    Number sla,
    String resiliency,
    long memory,
    boolean dedicated,
    boolean auditLogsSupported,
    long maxEtcdSize,
    String region) {

  /** One page of types. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record ClusterTypes(int totalCount, List<ClusterTypeResponse> clusterTypes) {

    static ClusterTypes of(int total, List<ClusterType> types) {
      return new ClusterTypes(total, types.stream().map(ClusterTypeResponse::of).toList());
    }
  }

  static ClusterTypeResponse of(ClusterType type) {
    return new ClusterTypeResponse(
        type.toString(),
        "available",
        type.maxNodes(),
        ApiFormat.seconds(type.commitment()),
        number(type.sla()),
        type.dedicated() ? "high_availability" : "standard",
        type.memory(),
        type.dedicated(),
        type.dedicated(),
        type.maxEtcdSize(),
        "");
  }

  private static Number number(double value) {
    if (value == Math.rint(value)) {
      return (long) value;
    }
    return value;
  }
}
