package io.keelson.commands.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.keelson.commands.PoolId;
import java.util.Optional;

/**
 * The one thing at the provider that a wish is about, as text: {@code control-plane}, {@code
 * pool/<id>}…
 */
public record Target(@JsonValue String name) implements Comparable<Target> {

  public static final Target CONTROL_PLANE = new Target("control-plane");
  public static final Target COMPONENTS = new Target("system-components");
  public static final Target ADDITIONAL_RESOURCES = new Target("additional-resources");
  public static final Target CLUSTER = new Target("cluster");

  private static final String POOL = "pool/";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Target of(String name) {
    return new Target(name);
  }

  public static Target pool(PoolId pool) {
    return new Target(POOL + pool);
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
