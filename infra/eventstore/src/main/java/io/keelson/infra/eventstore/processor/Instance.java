package io.keelson.infra.eventstore.processor;

import java.util.Set;

/**
 * A live instance.
 *
 * @param name is unique per instance
 * @param processors the processors that it works for; instances of different versions may differ
 */
public record Instance(String name, Set<String> processors) {

  public Instance {
    processors = Set.copyOf(processors);
  }
}
