package io.keelson.aggregates.pool;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import org.jspecify.annotations.Nullable;

/** The run that replaces nodes of a pool. Until it ends, no change of the pool may start. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "roll")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PoolRoll.Upgrading.class, name = "upgrading"),
  @JsonSubTypes.Type(value = PoolRoll.Replacing.class, name = "replacing")
})
public sealed interface PoolRoll {

  OperationId operation();

  /** What a rejection says of the pool. */
  default Holder holder() {
    return switch (this) {
      case Upgrading r -> new Holder("being upgraded", r.operation());
      case Replacing r -> new Holder("waiting for a node that is being replaced", r.operation());
    };
  }

  /**
   * It replaces every node.
   *
   * @param upgrade the run of the cluster's upgrade that it is a part of; null: of none
   */
  record Upgrading(OperationId operation, @Nullable OperationId upgrade) implements PoolRoll {}

  /** It replaces one node. */
  record Replacing(OperationId operation, NodeId node) implements PoolRoll {}
}
