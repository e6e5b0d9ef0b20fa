package io.keelson.commands.provisioning;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The system components as a back end shows them, perhaps late.
 *
 * @param observedGeneration of the document that the status speaks about
 * @param ready each component and whether it is
 */
public record ObservedComponents(long observedGeneration, Map<String, Boolean> ready) {

  public ObservedComponents {
    ready = Collections.unmodifiableMap(new TreeMap<>(ready));
  }
}
