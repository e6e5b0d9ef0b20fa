package io.keelson.commands;

/**
 * A request to change one stream. It is accepted as a whole, refused as a whole, or changes
 * nothing.
 */
public interface Command {

  /** The stream that decides. */
  Id stream();
}
