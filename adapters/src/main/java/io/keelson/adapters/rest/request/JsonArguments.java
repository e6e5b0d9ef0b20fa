package io.keelson.adapters.rest.request;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.commands.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One JSON object of a body, read argument by argument. Null and absent both mean "not given", and
 * no value is coerced. A violation is noted and reading continues with a harmless value, so that
 * all violations are found. No command may be sent before {@link Violations#check}.
 */
public sealed class JsonArguments permits SchemaArguments {
  private static final int MAX_TEXT_LENGTH = 1000;
  static final int MAX_LIST_SIZE = 500;
  static final int MAX_MAP_SIZE = 100;
  private static final Pattern LINE_END = Pattern.compile("[\\t\\n\\r]");

  private final JsonNode object;
  private final String prefix;
  private final Violations violations;

  JsonArguments(JsonNode object, String prefix, Violations violations) {
    this.object = object;
    this.prefix = prefix;
    this.violations = violations;
  }

  /** Notes a violation of an argument of this object. */
  public void refuse(String name, Reason reason, String help) {
    violations.add(prefix + name, reason, help);
  }

  /**
   * Declares an argument that every call requires; {@link #require(String, boolean)} is for the
   * others.
   */
  public void require(String name) {
    require(name, isFilled(name));
  }

  public void require(String name, boolean given) {
    if (!given) {
      refuse(name, Reason.REQUIRED, "is required");
    }
  }

  public boolean isGiven(String name) {
    return given(name) != null;
  }

  /** Whether the argument is given and is not an empty text. */
  public boolean isFilled(String name) {
    JsonNode value = given(name);
    return value != null && !(value.isString() && value.stringValue().isEmpty());
  }

  /** Null when the argument is not given or not a text. */
  public @Nullable String text(String name, int maxLength) {
    JsonNode value = given(name);
    return value == null ? null : textOf(name, value, maxLength);
  }

  public String text(String name, int maxLength, String fallback) {
    String text = text(name, maxLength);
    return text == null || text.isEmpty() ? fallback : text;
  }

  /** A required name of one line. */
  public String name(String name, int maxLength) {
    String text = text(name, maxLength, "");
    require(name);
    checkName(name, text);
    return text;
  }

  /** A new name; null when none is given. */
  public @Nullable String otherName(String name, int maxLength) {
    String text = text(name, maxLength);
    if (text != null) {
      checkName(name, text);
    }
    return text;
  }

  private void checkName(String name, String text) {
    require(name, !text.isBlank());
    if (LINE_END.matcher(text).find()) {
      refuse(name, Reason.FORMAT, "must be a single line");
    }
  }

  public String choice(String name, Choice choice, String fallback) {
    String text = text(name, MAX_TEXT_LENGTH);
    if (text == null || !choice.isGiven(text)) {
      return fallback;
    }
    if (!choice.values().contains(text)) {
      refuse(name, Reason.CONSTRAINT, choice.help());
      return fallback;
    }
    return text;
  }

  public @Nullable UUID uuid(String name) {
    String text = text(name, MAX_TEXT_LENGTH);
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (!Id.FORM.matcher(text).matches()) {
      refuse(name, Reason.FORMAT, "must be a UUID");
      return null;
    }
    return UUID.fromString(text);
  }

  public boolean flag(String name, boolean fallback) {
    JsonNode value = given(name);
    if (value == null) {
      return fallback;
    }
    if (!value.isBoolean()) {
      refuse(name, Reason.FORMAT, "must be true or false");
      return fallback;
    }
    return value.booleanValue();
  }

  /** Null when the argument is not given, not a whole number or out of bounds. */
  public @Nullable Long number(String name, long min, long max) {
    JsonNode value = given(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()) {
      refuse(name, Reason.FORMAT, "must be a whole number");
      return null;
    }
    if (!value.canConvertToLong() || value.longValue() < min || value.longValue() > max) {
      refuse(name, Reason.CONSTRAINT, "must be between " + min + " and " + max);
      return null;
    }
    return value.longValue();
  }

  public long number(String name, long min, long max, long fallback) {
    Long number = number(name, min, max);
    return number == null ? fallback : number;
  }

  /** A number strictly between the bounds. */
  public double between(String name, double above, double below, double fallback) {
    JsonNode value = given(name);
    if (value == null) {
      return fallback;
    }
    if (!value.isNumber()) {
      refuse(name, Reason.FORMAT, "must be a number");
      return fallback;
    }
    double number = value.doubleValue(Double.NaN); // NaN, for too many digits, is out of bounds
    if (!(number > above && number < below)) {
      refuse(name, Reason.CONSTRAINT, "must be between " + above + " and " + below);
      return fallback;
    }
    return number;
  }

  public List<String> texts(String name, int maxLength) {
    List<String> texts = new ArrayList<>();
    int index = 0;
    for (JsonNode each : elements(name, MAX_LIST_SIZE)) {
      String text = textOf(name + "." + index++, each, maxLength);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  public Map<String, String> textMap(String name, int maxLength) {
    JsonNode value = given(name);
    Map<String, String> map = new TreeMap<>();
    if (value == null || !isObject(name, value)) {
      return map;
    }
    if (value.size() > MAX_MAP_SIZE) {
      refuse(name, Reason.CONSTRAINT, "must not have more than " + MAX_MAP_SIZE + " entries");
      return map;
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String argument = name + "." + entry.getKey();
      if (!Texts.isClean(entry.getKey())) {
        refuse(name, Reason.FORMAT, "must not have control characters in a key");
      } else if (entry.getValue().isNull()) {
        map.put(entry.getKey(), "");
      } else {
        String text = textOf(argument, entry.getValue(), maxLength);
        map.put(entry.getKey(), text == null ? "" : text);
      }
    }
    return map;
  }

  /** Null when the argument is not given or not an object. */
  public @Nullable JsonArguments object(String name) {
    JsonNode value = given(name);
    return value != null && isObject(name, value)
        ? new JsonArguments(value, prefix + name + ".", violations)
        : null;
  }

  public List<JsonArguments> objects(String name, int max) {
    List<JsonArguments> objects = new ArrayList<>();
    int index = 0;
    for (JsonNode each : elements(name, max)) {
      String argument = name + "." + index++;
      if (isObject(argument, each)) {
        objects.add(new JsonArguments(each, prefix + argument + ".", violations));
      }
    }
    return objects;
  }

  private Iterable<JsonNode> elements(String name, int max) {
    JsonNode value = given(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      refuse(name, Reason.FORMAT, "must be a list");
      return List.of();
    }
    if (value.size() > max) {
      refuse(name, Reason.CONSTRAINT, "must not have more than " + max + " elements");
      return List.of();
    }
    return value;
  }

  private boolean isObject(String name, JsonNode value) {
    if (!value.isObject()) {
      refuse(name, Reason.FORMAT, "must be an object");
      return false;
    }
    return true;
  }

  private @Nullable String textOf(String name, JsonNode value, int maxLength) {
    if (!value.isString()) {
      refuse(name, Reason.FORMAT, "must be a string");
      return null;
    }
    String text = value.stringValue();
    if (!Texts.isClean(text)) {
      refuse(name, Reason.FORMAT, "must not have control characters");
      return null;
    }
    if (Texts.length(text) > maxLength) {
      refuse(name, Reason.CONSTRAINT, "must not be longer than " + maxLength + " characters");
      return null;
    }
    return text;
  }

  private @Nullable JsonNode given(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }
}
