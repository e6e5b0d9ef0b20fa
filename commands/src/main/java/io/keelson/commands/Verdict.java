package io.keelson.commands;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What came of a rule. */
public enum Verdict {
  /** Something is done because of it. */
  ACTED,
  /** Something is not done for now. */
  HELD,
  /** Something is not done for good. */
  REFUSED;

  @Override
  @JsonValue
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
