package io.keelson.commands.operation;

import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedComponents;
import io.keelson.commands.provisioning.ObservedNode;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.Replicas;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An observation in one line of plain English. It is for people only: no rule reads it. */
public final class ObservationSummary {

  private ObservationSummary() {}

  /** {@code 3 of 3 nodes ready at 1.36.1}. */
  public static String of(TargetObservation observation) {
    return switch (observation) {
      case TargetObservation.OfControlPlane(var controlPlane) ->
          replicas(controlPlane.replicas(), "API server") + troubles(controlPlane.conditions());
      case TargetObservation.OfComponents(var components) -> components(components);
      case TargetObservation.OfPool(var pool, _) -> pool == null ? "absent" : pool(pool);
      case TargetObservation.OfNode(var node) -> node == null ? "absent" : node(node);
      case TargetObservation.OfAdditionalResources(int left) -> count(left, "resource") + " left";
      case TargetObservation.OfCluster(boolean absent) -> absent ? "absent" : "present";
    };
  }

  private static String pool(ObservedPool pool) {
    String blocked =
        pool.blockedReasons().isEmpty()
            ? ""
            : "; blocked: " + String.join("; ", pool.blockedReasons());
    return replicas(pool.replicas(), "node") + troubles(pool.conditions()) + blocked;
  }

  private static String replicas(Replicas r, String what) {
    String total = r.current() == r.desired() ? "" : ", " + r.current() + " in total";
    return r.ready()
        + " of "
        + count(r.desired(), what)
        + " ready"
        + total
        + versions(r.versions());
  }

  /** One version for all, or how many run each. */
  private static String versions(Map<KubernetesVersion, Integer> versions) {
    if (versions.size() < 2) {
      return versions.keySet().stream()
          .map(version -> " at " + version)
          .collect(Collectors.joining());
    }
    return versions.entrySet().stream()
        .map(e -> e.getValue() + " at " + e.getKey())
        .collect(Collectors.joining(" and ", ", ", ""));
  }

  private static String components(ObservedComponents components) {
    Map<String, Boolean> all = components.ready();
    List<String> waiting =
        all.entrySet().stream().filter(e -> !e.getValue()).map(Map.Entry::getKey).toList();
    return (all.size() - waiting.size())
        + " of "
        + count(all.size(), "component")
        + " ready"
        + (waiting.isEmpty() ? "" : "; waiting for " + String.join(", ", waiting));
  }

  private static String node(ObservedNode node) {
    String phase = node.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return phase
        + " at "
        + node.version()
        + (node.message().isEmpty() ? "" : ": " + node.message());
  }

  private static String troubles(List<Condition> conditions) {
    return conditions.stream()
        .filter(c -> !c.message().isEmpty())
        .map(c -> "; " + c.type() + " is " + c.status() + ": " + c.message())
        .sorted()
        .collect(Collectors.joining());
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
