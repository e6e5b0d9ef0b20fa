package io.keelson.sagas.operation;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.operation.ComponentsTarget;
import java.util.List;
import java.util.stream.Stream;

/** What runs in every cluster, whatever its network. */
public final class SystemComponents {

  private static final List<String> ALWAYS =
      List.of("coredns", "csi", "konnectivity-agent", "kube-proxy", "metrics-server");

  /** The name of the network plugin of a cluster that brings its own. */
  private static final String NO_PLUGIN = "none";

  private SystemComponents() {}

  public static ComponentsTarget target(long generation, KubernetesVersion version, String cni) {
    Stream<String> plugin = cni.equals(NO_PLUGIN) ? Stream.empty() : Stream.of("cni-" + cni);
    return new ComponentsTarget(
        generation, version, Stream.concat(ALWAYS.stream(), plugin).toList());
  }
}
