package io.keelson.commands;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * Names one organization (a tenant), and the stream of its access. As text: the lower-case UUID,
 * everywhere.
 */
public record OrganizationId(@JsonValue UUID value) implements Id {

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when the text is not a UUID
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static OrganizationId of(String text) {
    return new OrganizationId(Id.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
