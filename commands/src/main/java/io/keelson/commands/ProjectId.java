package io.keelson.commands;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one project inside an organization. As text: the lower-case UUID, everywhere. */
public record ProjectId(@JsonValue UUID value) implements Id {

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when the text is not a UUID
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ProjectId of(String text) {
    return new ProjectId(Id.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
