package io.keelson.adapters.rest.history;

import io.keelson.commands.Id;
import java.util.UUID;

/** Names one event. As text: the lower-case UUID, everywhere. */
record EventId(UUID value) implements Id {

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when the text is not a UUID
   */
  public static EventId of(String text) {
    return new EventId(Id.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
