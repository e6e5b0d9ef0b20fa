package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.provisioning.ComponentsDocument;
import io.keelson.commands.provisioning.ObservedComponents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The simulated system components. They become ready one after the other, after the control plane
 * is available.
 */
record Components(AppliedDocument<ComponentsDocument> held, List<Part> parts) {

  /**
   * One component.
   *
   * @param order its position among the components that were applied together, from 0
   */
  record Part(String name, KubernetesVersion version, Instant appliedAt, int order) {

    Instant readyAt(Instant controlPlaneAt, Laws laws) {
      Instant from = appliedAt.isAfter(controlPlaneAt) ? appliedAt : controlPlaneAt;
      return from.plus(laws.takes(Step.COMPONENT).multipliedBy(order + 1L));
    }
  }

  Components {
    parts = List.copyOf(parts);
  }

  static Components created(ComponentsDocument document, Instant now) {
    return new Components(AppliedDocument.first(document, now), laidOut(List.of(), document, now));
  }

  Components with(ComponentsDocument document, Instant now) {
    return new Components(held.then(document, now), laidOut(parts, document, now));
  }

  Stream<Instant> instants(Instant controlPlaneAt, Laws laws) {
    return Stream.concat(
        Stream.of(held.since()), parts.stream().map(p -> p.readyAt(controlPlaneAt, laws)));
  }

  ObservedComponents at(Instant at, @Nullable Instant controlPlaneAt, Laws laws) {
    ComponentsDocument shown = held.at(at);
    if (shown == null) {
      return new ObservedComponents(0, Map.of());
    }
    Map<String, Boolean> ready = new TreeMap<>();
    shown.components().forEach(name -> ready.put(name, false));
    if (controlPlaneAt != null) {
      parts.stream()
          .filter(p -> ready.containsKey(p.name()))
          .forEach(p -> ready.put(p.name(), !p.readyAt(controlPlaneAt, laws).isAfter(at)));
    }
    return new ObservedComponents(shown.generation(), ready);
  }

  private static List<Part> laidOut(List<Part> before, ComponentsDocument document, Instant now) {
    List<Part> after = new ArrayList<>();
    int order = 0;
    for (String name : document.components()) {
      Part part =
          before.stream()
              .filter(p -> p.name().equals(name) && p.version().equals(document.version()))
              .findFirst()
              .orElse(null);
      after.add(part != null ? part : new Part(name, document.version(), now, order++));
    }
    return after;
  }
}
