package io.keelson.commands.operation;

import io.keelson.commands.KubernetesVersion;
import java.util.List;

/**
 * What the system components of a cluster are to converge to.
 *
 * @param generation of their desired document
 * @param components names: {@code coredns}, {@code kube-proxy}, {@code cni-cilium}…
 */
public record ComponentsTarget(
    long generation, KubernetesVersion version, List<String> components) {

  public ComponentsTarget {
    components = List.copyOf(components);
  }
}
