package io.keelson.aggregates.cluster;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import org.jspecify.annotations.Nullable;

/** What replaces nodes of a pool by new ones: nothing else changes the pool in the meantime. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "roll")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PoolRoll.Upgrading.class, name = "upgrading"),
  @JsonSubTypes.Type(value = PoolRoll.Replacing.class, name = "replacing")
})
sealed interface PoolRoll {

  OperationId operation();

  /** What it does, for people. */
  String text();

  /**
   * Every node.
   *
   * @param upgrade the operation of the cluster's upgrade that it is a part of; null: of none
   */
  record Upgrading(OperationId operation, @Nullable OperationId upgrade) implements PoolRoll {
    @Override
    public String text() {
      return "being upgraded";
    }
  }

  /** One node. */
  record Replacing(OperationId operation, NodeId node) implements PoolRoll {
    @Override
    public String text() {
      return "replacing a node";
    }
  }
}
