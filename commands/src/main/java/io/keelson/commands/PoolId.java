package io.keelson.commands;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * Names one node pool; its events are in the stream of its cluster. As text: the lower-case UUID,
 * everywhere.
 */
public record PoolId(@JsonValue UUID value) implements Id {

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when the text is not a UUID
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static PoolId of(String text) {
    return new PoolId(Id.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
