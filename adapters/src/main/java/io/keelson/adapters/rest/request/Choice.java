package io.keelson.adapters.rest.request;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The allowed values of an argument.
 *
 * @param zero the value, in addition to the empty text, that clients send for "not given"; empty:
 *     none
 */
public record Choice(String zero, List<String> values) {

  public Choice {
    values = List.copyOf(values);
  }

  public static Choice of(String... values) {
    return new Choice("", Arrays.asList(values));
  }

  /** The same values for an enum that has a zero value. */
  public Choice withZero(String name) {
    return new Choice(name, values);
  }

  boolean isGiven(@Nullable String text) {
    return text != null && !text.isEmpty() && !text.equals(zero);
  }

  String help() {
    return "must be one of " + String.join(", ", values);
  }
}
