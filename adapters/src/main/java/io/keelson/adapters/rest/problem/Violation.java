package io.keelson.adapters.rest.problem;

import java.util.Locale;

/**
 * One invalid argument of a call.
 *
 * @param argument the path of the argument, with dots and indexes: {@code pools.0.size}
 * @param help for people
 */
public record Violation(String argument, Reason reason, String help) {

  /** Written in lower case on the wire. */
  public enum Reason {
    REQUIRED,
    FORMAT,
    CONSTRAINT,
    UNKNOWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
