package io.keelson.commands;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/** A typed UUID. Two ids of different kinds never share a value: an id is random or derived. */
public interface Id {

  /** The form of every id as text; {@link UUID#fromString} alone would take shorter ones. */
  Pattern FORM =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  UUID value();

  /**
   * Reads a UUID in its full 36-character form.
   *
   * @throws IllegalArgumentException when the text has another form
   */
  static UUID parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a UUID: " + text);
    }
    return UUID.fromString(text);
  }

  /** The same name always gives the same UUID, so that a repeated step has the same ids. */
  static UUID derived(String... name) {
    return UUID.nameUUIDFromBytes(String.join("/", name).getBytes(StandardCharsets.UTF_8));
  }
}
