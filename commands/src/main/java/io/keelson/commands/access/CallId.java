package io.keelson.commands.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.keelson.commands.Id;
import java.util.UUID;

/** Names one audited call, and its stream: the call's {@code X-Request-Id}, derived. */
public record CallId(@JsonValue UUID value) implements Id {

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when the text is not a UUID
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static CallId stored(String text) {
    return new CallId(Id.parse(text));
  }

  public static CallId of(UUID requestId) {
    return new CallId(Id.derived("call", requestId.toString()));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
