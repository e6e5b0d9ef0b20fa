package io.keelson.commands.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The public half of an API key: {@code SCW} and 17 capital letters or digits. */
public record AccessKey(@JsonValue String value) {

  private static final Pattern FORM = Pattern.compile("SCW[A-Z0-9]{17}");

  public AccessKey {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an access key: " + value);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static AccessKey of(String text) {
    return new AccessKey(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
