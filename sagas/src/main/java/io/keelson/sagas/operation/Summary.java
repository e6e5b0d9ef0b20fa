package io.keelson.sagas.operation;

import io.keelson.commands.operation.Sight;
import io.keelson.commands.provisioning.Condition;
import io.keelson.commands.provisioning.ObservedPool;
import io.keelson.commands.provisioning.Replicas;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was seen, in a line for people. The same line means that nothing has moved. */
final class Summary {

  private Summary() {}

  static String of(Sight sight) {
    return switch (sight) {
      case Sight.OfControlPlane s ->
          "generation "
              + s.controlPlane().observedGeneration()
              + replicas(s.controlPlane().replicas())
              + troubles(s.controlPlane().conditions());
      case Sight.OfComponents s ->
          "generation "
              + s.components().observedGeneration()
              + ", ready "
              + s.components().ready().values().stream().filter(ready -> ready).count()
              + "/"
              + s.components().ready().size()
              + notReady(s.components().ready());
      case Sight.OfPool s -> s.pool() == null ? "not there" : pool(s.pool());
      case Sight.OfAdditionalResources s -> s.resources().size() + " left";
      case Sight.OfBootedNode s -> "node " + s.node() + " has booted";
      case Sight.OfCluster s -> s.gone() ? "not there" : "still there";
    };
  }

  /** What the provider says holds it up. */
  static List<String> blocked(Sight sight) {
    return sight instanceof Sight.OfPool(var pool, _) && pool != null
        ? pool.blockedReasons()
        : List.of();
  }

  private static String pool(ObservedPool pool) {
    String blocked =
        pool.blockedReasons().isEmpty()
            ? ""
            : ", blocked: " + String.join("; ", pool.blockedReasons());
    return "generation "
        + pool.observedGeneration()
        + replicas(pool.replicas())
        + troubles(pool.conditions())
        + blocked;
  }

  private static String replicas(Replicas r) {
    return ", ready "
        + r.ready()
        + "/"
        + r.desired()
        + " (available "
        + r.available()
        + ", up to date "
        + r.upToDate()
        + ", current "
        + r.current()
        + ", versions "
        + r.versions()
        + ")";
  }

  private static String troubles(List<Condition> conditions) {
    String named =
        conditions.stream()
            .filter(c -> !c.message().isEmpty())
            .map(c -> c.type() + "=" + c.status() + " " + c.reason() + ": " + c.message())
            .sorted()
            .collect(Collectors.joining("; "));
    return named.isEmpty() ? "" : ", " + named;
  }

  private static String notReady(Map<String, Boolean> ready) {
    String waiting =
        ready.entrySet().stream()
            .filter(e -> !e.getValue())
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    return waiting.isEmpty() ? "" : ", waiting for " + waiting;
  }
}
