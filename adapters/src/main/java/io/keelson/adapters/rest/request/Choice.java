package io.keelson.adapters.rest.request;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that one argument may take, beside those that mean "not given". */
public record Choice(List<String> values) {

  public Choice {
    values = List.copyOf(values);
  }

  public static Choice of(String... values) {
    return new Choice(Arrays.asList(values));
  }

  /** Whether a text is a zero value of an enum, as every client sends it for "not given". */
  public static boolean isZero(@Nullable String text) {
    return text == null
        || text.isEmpty()
        || text.equals("unknown")
        || text.startsWith("unknown_")
        || text.equals("default_volume_type");
  }

  String help() {
    return "must be one of " + String.join(", ", values);
  }
}
