package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.OperationId;
import io.keelson.projections.log.History;
import io.keelson.projections.log.History.EventFilter;
import io.keelson.projections.log.History.Range;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the recorded creations of pools, so that a repeated call can be recognized. */
@Component
class PoolCreationHistory {
  private static final String CREATION = "pool.creation-started";
  private static final int MAX_EVENTS = 10;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final History history;

  PoolCreationHistory(History history) {
    this.history = history;
  }

  /**
   * The version that the pool was created with, which may differ from its current version and its
   * cluster's. Empty when the operation has created no pool.
   */
  Optional<KubernetesVersion> version(OperationId creation, Caller caller) {
    EventFilter filter = new EventFilter(null, null, creation, CREATION, null, null, null);
    return history.events(caller.scope(), filter, Range.after(0), MAX_EVENTS).items().stream()
        .map(event -> JSON.readTree(event.entry().data()).path("spec").path("version"))
        .filter(JsonNode::isString)
        .map(version -> KubernetesVersion.of(version.stringValue()))
        .findFirst();
  }
}
