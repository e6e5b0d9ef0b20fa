package io.keelson.aggregates.node;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.ClusterId;
import io.keelson.commands.provisioning.ObservedNode;

/** The life of a node: absent, then alive from its first sight on, then gone for ever. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NodeState.Absent.class, name = "absent"),
  @JsonSubTypes.Type(value = NodeState.Alive.class, name = "alive"),
  @JsonSubTypes.Type(value = NodeState.Gone.class, name = "gone")
})
public sealed interface NodeState {

  record Absent() implements NodeState {}

  record Alive(ClusterId cluster, ObservedNode observed) implements NodeState {}

  record Gone() implements NodeState {}
}
