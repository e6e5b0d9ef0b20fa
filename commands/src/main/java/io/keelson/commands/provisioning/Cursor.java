package io.keelson.commands.provisioning;

/**
 * A place in a back end's change feed. Only the back end that made it can read it; a reader may
 * store it as text.
 */
public record Cursor(String value) {

  /** The cursor of a reader that knows nothing yet. */
  public static final Cursor START = new Cursor("");
}
