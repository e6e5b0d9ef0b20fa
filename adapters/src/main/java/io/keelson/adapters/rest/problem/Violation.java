package io.keelson.adapters.rest.problem;

import java.util.Locale;

/**
 * One argument of a call that cannot be accepted.
 *
 * @param argument as the caller knows it, nested with dots and indexes: {@code pools.0.size}
 * @param help for people
 */
public record Violation(String argument, Reason reason, String help) {

  /** Spelt in lower case at the API. */
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
