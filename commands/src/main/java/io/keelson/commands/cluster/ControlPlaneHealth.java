package io.keelson.commands.cluster;

import io.keelson.commands.KubernetesVersion;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of a control plane's observed state that people ask for later. Counts, generations and
 * messages are levels, and no part of it.
 *
 * @param available whether its API servers serve
 * @param versions that its API servers run, ascending; during an upgrade more than one
 * @param troubles reasons of conditions that say that something is wrong, {@code
 *     EtcdClusterHealthy=False}
 */
public record ControlPlaneHealth(
    boolean available, List<KubernetesVersion> versions, List<String> troubles) {

  /** Before the first observation. */
  public static final ControlPlaneHealth UNKNOWN =
      new ControlPlaneHealth(false, List.of(), List.of());

  public ControlPlaneHealth {
    versions = List.copyOf(new TreeSet<>(versions));
    troubles = List.copyOf(new TreeSet<>(Set.copyOf(troubles)));
  }
}
