package io.keelson.commands.spec;

import io.keelson.commands.Taint;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Kubernetes knows of each node of a pool.
 *
 * @param startupTaints only on new nodes
 */
public record NodeSettings(
    Map<String, String> kubeletArgs,
    Map<String, String> labels,
    List<Taint> taints,
    List<Taint> startupTaints) {

  public NodeSettings {
    kubeletArgs = Collections.unmodifiableMap(new TreeMap<>(kubeletArgs));
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    taints = taints.stream().sorted().toList();
    startupTaints = startupTaints.stream().sorted().toList();
  }
}
