package io.keelson.commands;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one rule of the access to an API server. As text: the lower-case UUID, everywhere. */
public record AclRuleId(@JsonValue UUID value) implements Id {

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when the text is not a UUID
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static AclRuleId of(String text) {
    return new AclRuleId(Id.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
