package io.keelson.adapters.rest;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.release.Release;
import io.keelson.projections.release.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A catalogue with a release in every stage. */
public final class Shelf implements Catalogue {
  public static final Instant NOW = Instant.parse("2030-05-04T03:02:01.123456789Z");

  private static final Map<String, String> KUBELET_ARGS =
      Map.of(
          "maxPods", "uint16",
          "cpuCFSQuota", "bool",
          "cpuCFSQuotaPeriod", "duration",
          "containerLogMaxSize", "quantity",
          "cpuManagerPolicy", "enum:none|static",
          "evictionHard", "map[string]string",
          "registryBurst", "int32",
          "imageGCHighThresholdPercent", "uint32");

  @Override
  public List<Release> releases() {
    return List.of(
        release("1.42.0", -10, -1), // not yet out
        release("1.41.1", 20, 10),
        release("1.40.3", 100, 20),
        release("1.40.2", 100, 50), // replaced 20 days ago: still for new clusters
        release("1.40.1", 100, 90), // replaced 50 days ago
        release("1.39.6", 300, 30),
        release("1.38.9", 380, 40), // deprecated
        release("1.37.9", 500, 90)); // no longer supported
  }

  private static Release release(String version, int minorDays, int patchDays) {
    Instant released = Instant.parse("2030-05-04T00:00:00Z").minus(Duration.ofDays(minorDays));
    return new Release(
        KubernetesVersion.of(version),
        released,
        NOW.minus(Duration.ofDays(patchDays)),
        released.plus(Duration.ofDays(365)),
        released.plus(Duration.ofDays(425)),
        List.of("cilium", "cilium_native", "calico", "kilo", "none"),
        List.of("containerd"),
        List.of("HPAScaleToZero", "ImageVolume"),
        List.of("AlwaysPullImages", "PodNodeSelector"),
        KUBELET_ARGS);
  }
}
