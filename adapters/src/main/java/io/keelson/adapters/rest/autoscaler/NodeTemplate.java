package io.keelson.adapters.rest.autoscaler;

import io.keelson.adapters.rest.pool.KubernetesSyntax;
import io.keelson.adapters.rest.pool.NodeType;
import io.keelson.commands.Taint;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.projections.status.PoolStatus;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The next node of a pool as the scheduler would see it: the autoscaler simulates pods on it before
 * it requests a node. The reserved resources are computed as other providers document them.
 *
 * @param memory bytes, as all sizes
 */
record NodeTemplate(PoolStatus pool, NodeType type, int pods, long memory, long storage) {
  private static final int DEFAULT_PODS = 110;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long EVICTION = 100 * MIB;
  private static final Pattern COUNT = Pattern.compile("\\d{1,5}");
  private static final Comparator<Taint> STRICTEST_LAST =
      Comparator.comparingInt(taint -> strictness(taint.effect()));

  static NodeTemplate of(PoolStatus pool) {
    PoolSpec spec = pool.spec();
    NodeType type = NodeType.named(spec.machine().nodeType()).orElse(NodeType.EXTERNAL);
    return new NodeTemplate(
        pool, type, pods(spec), type.memory(), spec.machine().rootVolume().size());
  }

  double eurosPerHour() {
    return type.eurosPerHour();
  }

  int cpus() {
    return type.cpus();
  }

  int gpus() {
    return type.gpus();
  }

  /**
   * The memory that pods can use. The reserved part grows more slowly than the node, as GKE
   * documents it.
   */
  long allocatableMemory() {
    long kept =
        part(0, 4, 25)
            + part(4, 8, 20)
            + part(8, 16, 10)
            + part(16, 128, 6)
            + part(128, 1 << 20, 2);
    return Math.max(0, memory - kept - EVICTION);
  }

  /** The kubelet evicts pods when less than a tenth is free. */
  long allocatableStorage() {
    return storage / 10 * 9;
  }

  /** The pool's labels and those that every node has. */
  Map<String, String> labels() {
    PoolSpec spec = pool.spec();
    Map<String, String> labels = new TreeMap<>(spec.nodes().labels());
    labels.put("kubernetes.io/arch", type.architecture());
    labels.put("kubernetes.io/hostname", "scw-" + pool.id());
    labels.put("kubernetes.io/os", "linux");
    labels.put(
        "node.kubernetes.io/instance-type",
        spec.machine().nodeType().replace('_', '-').toUpperCase(Locale.ROOT));
    labels.put("topology.kubernetes.io/region", pool.region());
    labels.put("topology.kubernetes.io/zone", spec.machine().zone());
    labels.put("k8s.scaleway.com/pool", pool.id().toString());
    if (KubernetesSyntax.isValue(spec.name())) {
      labels.put("k8s.scaleway.com/pool-name", spec.name());
    }
    return labels;
  }

  /**
   * Key to {@code value:Effect}; of several taints with one key the strictest. Startup taints are
   * omitted: they are removed soon after the start.
   */
  Map<String, String> taints() {
    return pool.spec().nodes().taints().stream()
        .sorted(STRICTEST_LAST)
        .collect(
            Collectors.toMap(
                Taint::key,
                taint -> taint.value() + ":" + taint.effect(),
                (_, stricter) -> stricter,
                TreeMap::new));
  }

  private long part(long fromGib, long toGib, int percent) {
    long within = Math.clamp(memory, fromGib * GIB, toGib * GIB) - fromGib * GIB;
    return within / 100 * percent;
  }

  private static int pods(PoolSpec spec) {
    String given = spec.nodes().kubeletArgs().getOrDefault("maxPods", "");
    return COUNT.matcher(given).matches() ? Integer.parseInt(given) : DEFAULT_PODS;
  }

  private static int strictness(Taint.Effect effect) {
    return switch (effect) {
      case PreferNoSchedule -> 0;
      case NoSchedule -> 1;
      case NoExecute -> 2;
    };
  }
}
