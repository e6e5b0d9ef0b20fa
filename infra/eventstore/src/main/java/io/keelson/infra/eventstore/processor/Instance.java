package io.keelson.infra.eventstore.processor;

import java.util.Set;

/**
 * An instance that is alive.
 *
 * @param name differs between any two
 * @param processors those that it works for: not all instances need be of one version
 */
public record Instance(String name, Set<String> processors) {

  public Instance {
    processors = Set.copyOf(processors);
  }
}
