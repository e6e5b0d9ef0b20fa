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

  /** The members in which another specification differs, with its values. */
  public PoolChange changeTo(PoolSpec after) {
    return new PoolChange(
        changed(scaling.autoscaling(), after.scaling().autoscaling()),
        changed(scaling.size(), after.scaling().size()),
        changed(scaling.min(), after.scaling().min()),
        changed(scaling.max(), after.scaling().max()),
        changed(autohealing, after.autohealing()),
        changed(tags, after.tags()),
        changed(nodes.kubeletArgs(), after.nodes().kubeletArgs()),
        changed(upgradePolicy.maxUnavailable(), after.upgradePolicy().maxUnavailable()),
        changed(upgradePolicy.maxSurge(), after.upgradePolicy().maxSurge()),
        changed(machine.network().securityGroupId(), after.machine().network().securityGroupId()),
        changed(nodes.labels(), after.nodes().labels()),
        changed(nodes.taints(), after.nodes().taints()),
        changed(nodes.startupTaints(), after.nodes().startupTaints()));
  }

  private static <T> @Nullable T changed(T before, T after) {
    return before.equals(after) ? null : after;
  }
}
