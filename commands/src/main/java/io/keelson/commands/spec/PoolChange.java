package io.keelson.commands.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keelson.commands.Taint;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some members of a pool's specification; null: not one of them. A list or a map is replaced whole.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PoolChange(
    @Nullable Boolean autoscaling,
    @Nullable Integer size,
    @Nullable Integer minSize,
    @Nullable Integer maxSize,
    @Nullable Boolean autohealing,
    @Nullable List<String> tags,
    @Nullable Map<String, String> kubeletArgs,
    @Nullable Integer maxUnavailable,
    @Nullable Integer maxSurge,
    @Nullable UUID securityGroupId,
    @Nullable Map<String, String> labels,
    @Nullable List<Taint> taints,
    @Nullable List<Taint> startupTaints) {

  public PoolChange {
    tags = tags == null ? null : List.copyOf(tags);
    kubeletArgs = kubeletArgs == null ? null : Map.copyOf(kubeletArgs);
    labels = labels == null ? null : Map.copyOf(labels);
    taints = taints == null ? null : List.copyOf(taints);
    startupTaints = startupTaints == null ? null : List.copyOf(startupTaints);
  }

  public static PoolChange ofLabels(Map<String, String> labels) {
    return new PoolChange(
        null, null, null, null, null, null, null, null, null, null, labels, null, null);
  }

  public static PoolChange ofTaints(List<Taint> taints) {
    return new PoolChange(
        null, null, null, null, null, null, null, null, null, null, null, taints, null);
  }

  public static PoolChange ofStartupTaints(List<Taint> startupTaints) {
    return new PoolChange(
        null, null, null, null, null, null, null, null, null, null, null, null, startupTaints);
  }

  public static PoolChange ofSize(int size) {
    return new PoolChange(
        null, size, null, null, null, null, null, null, null, null, null, null, null);
  }
}
