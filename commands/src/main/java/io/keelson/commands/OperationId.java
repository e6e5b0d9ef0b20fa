package io.keelson.commands;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one run of a long process, and its stream. As text: the lower-case UUID, everywhere. */
public record OperationId(@JsonValue UUID value) implements Id {

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when the text is not a UUID
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static OperationId of(String text) {
    return new OperationId(Id.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
