package io.keelson.commands.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.keelson.commands.ClusterAction;
import io.keelson.commands.NodeId;
import io.keelson.commands.PoolId;
import java.util.Optional;

/**
 * The one thing at the provider that a request is about, as text: {@code control-plane}, {@code
 * pool/<id>}…
 */
public record Target(@JsonValue String name) implements Comparable<Target> {

  public static final Target CONTROL_PLANE = new Target("control-plane");
  public static final Target COMPONENTS = new Target("system-components");
  public static final Target ADDITIONAL_RESOURCES = new Target("additional-resources");
  public static final Target CLUSTER = new Target("cluster");

  public static final Target ACL = new Target("acl");

  private static final String POOL = "pool/";
  private static final String NODE = "node/";
  private static final String ACTION = "action/";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Target of(String name) {
    return new Target(name);
  }

  public static Target pool(PoolId pool) {
    return new Target(POOL + pool);
  }

  public static Target node(NodeId node) {
    return new Target(NODE + node);
  }

  public static Target action(ClusterAction action) {
    return new Target(ACTION + action);
  }

  /** The node, if it is one. */
  public Optional<NodeId> asNode() {
    return name.startsWith(NODE)
        ? Optional.of(NodeId.of(name.substring(NODE.length())))
        : Optional.empty();
  }

  /** The pool, if it is one. */
  public Optional<PoolId> asPool() {
    return name.startsWith(POOL)
        ? Optional.of(PoolId.of(name.substring(POOL.length())))
        : Optional.empty();
  }

  @Override
  public int compareTo(Target other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
