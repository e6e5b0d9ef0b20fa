package io.keelson.commands.spec;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.UpgradePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node pool should be, every default resolved. */
public record PoolSpec(
    String name,
    KubernetesVersion version,
    MachineTemplate machine,
    PoolScaling scaling,
    NodeSettings nodes,
    UpgradePolicy upgradePolicy,
    boolean autohealing,
    List<String> tags) {

  public PoolSpec {
    tags = List.copyOf(tags);
  }

  /** The desired number of nodes. */
  public int size() {
    return scaling.size();
  }

  /** Its nodes stand at other providers, and join by themselves. */
  public boolean external() {
    return machine.nodeType().equals(MachineTemplate.EXTERNAL);
  }

  /** The same with nodes of another version. */
  public PoolSpec at(KubernetesVersion changed) {
    return new PoolSpec(name, changed, machine, scaling, nodes, upgradePolicy, autohealing, tags);
  }

  /** As it is after a change. */
  public PoolSpec with(PoolChange c) {
    return new PoolSpec(
        name,
        version,
        c.securityGroupId() == null ? machine : machine.in(c.securityGroupId()),
        new PoolScaling(
            either(c.autoscaling(), scaling.autoscaling()),
            either(c.size(), scaling.size()),
            either(c.minSize(), scaling.min()),
            either(c.maxSize(), scaling.max())),
        new NodeSettings(
            either(c.kubeletArgs(), nodes.kubeletArgs()),
            either(c.labels(), nodes.labels()),
            either(c.taints(), nodes.taints()),
            either(c.startupTaints(), nodes.startupTaints())),
        new UpgradePolicy(
            either(c.maxUnavailable(), upgradePolicy.maxUnavailable()),
            either(c.maxSurge(), upgradePolicy.maxSurge())),
        either(c.autohealing(), autohealing),
        either(c.tags(), tags));
  }

  private static <T> T either(@Nullable T changed, T before) {
    return changed == null ? before : changed;
  }
}
