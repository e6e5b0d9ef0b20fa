package io.keelson.aggregates.node;

import io.keelson.commands.ClusterId;
import io.keelson.commands.provisioning.ObservedNode;

/** The life of a node: absent, then alive from its first sight on, then gone for ever. */
public sealed interface NodeState {

  record Absent() implements NodeState {}

  record Alive(ClusterId cluster, ObservedNode observed) implements NodeState {}

  record Gone() implements NodeState {}
}
