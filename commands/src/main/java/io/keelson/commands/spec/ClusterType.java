package io.keelson.commands.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The cluster types on offer (recorded 2026-07).
 *
 * <p>Sizes in bytes; {@code sla} in percent, 0 for none; {@code commitment} is the minimum time for
 * which a dedicated control plane is booked.
 */
public enum ClusterType {
  KAPSULE("kapsule", 150, 4, 55, false),
  KAPSULE_DEDICATED_4("kapsule-dedicated-4", 250, 4, 200, true),
  KAPSULE_DEDICATED_8("kapsule-dedicated-8", 500, 8, 200, true),
  KAPSULE_DEDICATED_16("kapsule-dedicated-16", 500, 16, 200, true),
  MULTICLOUD("multicloud", 150, 4, 55, false),
  MULTICLOUD_DEDICATED_4("multicloud-dedicated-4", 250, 4, 200, true),
  MULTICLOUD_DEDICATED_8("multicloud-dedicated-8", 500, 8, 200, true),
  MULTICLOUD_DEDICATED_16("multicloud-dedicated-16", 500, 16, 200, true);

  private final String text;
  private final int maxNodes;
  private final long memory;
  private final long maxEtcdSize;
  private final boolean dedicated;

  ClusterType(String text, int maxNodes, int memoryGb, int etcdMb, boolean dedicated) {
    this.text = text;
    this.maxNodes = maxNodes;
    this.memory = memoryGb * 1_000_000_000L;
    this.maxEtcdSize = etcdMb * 1_000_000L;
    this.dedicated = dedicated;
  }

  /** The type of that name, if it is on offer. */
  public static Optional<ClusterType> named(String text) {
    return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
  }

  @JsonCreator
  static ClusterType stored(String text) {
    return named(text).orElseThrow(() -> new IllegalArgumentException("no cluster type " + text));
  }

  public int maxNodes() {
    return maxNodes;
  }

  public long memory() {
    return memory;
  }

  public long maxEtcdSize() {
    return maxEtcdSize;
  }

  public boolean dedicated() {
    return dedicated;
  }

  public Duration commitment() {
    return dedicated ? Duration.ofDays(30) : Duration.ZERO;
  }

  public double sla() {
    return dedicated ? 99.5 : 0;
  }

  /** Whether its nodes may stand at other providers (Kosmos). */
  public boolean multicloud() {
    return text.startsWith("multicloud");
  }

  /** How many API servers and etcd members its control plane has. */
  public int controlPlaneReplicas() {
    return dedicated ? 3 : 1;
  }

  @Override
  @JsonValue
  public String toString() {
    return text;
  }
}
