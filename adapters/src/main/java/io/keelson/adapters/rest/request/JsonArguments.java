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
 * One JSON object of a body, read argument by argument. Null and absent both mean "not given",
 * nothing is ever coerced, and a violation is noted while a harmless value goes on in its place, so
 * that reading comes to the end; nothing may be done before {@link Violations#check}.
 */
public sealed class JsonArguments permits SchemaArguments {
  private static final int LONGEST_TEXT = 1000;
  static final int LONGEST_LIST = 500;
  static final int LARGEST_MAP = 100;
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

  /** An argument that no call can do without; {@link #require(String, boolean)}: some can. */
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

  /** Whether it is given, and more than an empty text. */
  public boolean isFilled(String name) {
    JsonNode value = given(name);
    return value != null && !(value.isString() && value.stringValue().isEmpty());
  }

  /** Null when not given or not a text. */
  public @Nullable String text(String name, int longest) {
    JsonNode value = given(name);
    return value == null ? null : textOf(name, value, longest);
  }

  public String text(String name, int longest, String otherwise) {
    String text = text(name, longest);
    return text == null || text.isEmpty() ? otherwise : text;
  }

  /** A name that must be given, and that fits into one line. */
  public String name(String name, int longest) {
    String text = text(name, longest, "");
    require(name);
    checkName(name, text);
    return text;
  }

  /** Another name, where one is given; null otherwise. */
  public @Nullable String otherName(String name, int longest) {
    String text = text(name, longest);
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

  public String choice(String name, Choice choice, String otherwise) {
    String text = text(name, LONGEST_TEXT);
    if (text == null || !choice.isGiven(text)) {
      return otherwise;
    }
    if (!choice.values().contains(text)) {
      refuse(name, Reason.CONSTRAINT, choice.help());
      return otherwise;
    }
    return text;
  }

  public @Nullable UUID uuid(String name) {
    String text = text(name, LONGEST_TEXT);
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (!Id.FORM.matcher(text).matches()) {
      refuse(name, Reason.FORMAT, "must be a UUID");
      return null;
    }
    return UUID.fromString(text);
  }

  public boolean flag(String name, boolean otherwise) {
    JsonNode value = given(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      refuse(name, Reason.FORMAT, "must be true or false");
      return otherwise;
    }
    return value.booleanValue();
  }

  /** Null when not given, not a whole number, or out of bounds. */
  public @Nullable Long number(String name, long least, long most) {
    JsonNode value = given(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()) {
      refuse(name, Reason.FORMAT, "must be a whole number");
      return null;
    }
    if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
      refuse(name, Reason.CONSTRAINT, "must be between " + least + " and " + most);
      return null;
    }
    return value.longValue();
  }

  public long number(String name, long least, long most, long otherwise) {
    Long number = number(name, least, most);
    return number == null ? otherwise : number;
  }

  /** A number strictly between two others. */
  public double between(String name, double above, double below, double otherwise) {
    JsonNode value = given(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isNumber()) {
      refuse(name, Reason.FORMAT, "must be a number");
      return otherwise;
    }
    double number = value.doubleValue(Double.NaN); // an endless row of digits is out of bounds
    if (!(number > above && number < below)) {
      refuse(name, Reason.CONSTRAINT, "must be between " + above + " and " + below);
      return otherwise;
    }
    return number;
  }

  public List<String> texts(String name, int longest) {
    List<String> texts = new ArrayList<>();
    int index = 0;
    for (JsonNode each : elements(name, LONGEST_LIST)) {
      String text = textOf(name + "." + index++, each, longest);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  public Map<String, String> textMap(String name, int longest) {
    JsonNode value = given(name);
    Map<String, String> map = new TreeMap<>();
    if (value == null || !isObject(name, value)) {
      return map;
    }
    if (value.size() > LARGEST_MAP) {
      refuse(name, Reason.CONSTRAINT, "must not have more than " + LARGEST_MAP + " entries");
      return map;
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String argument = name + "." + entry.getKey();
      if (!Texts.isClean(entry.getKey())) {
        refuse(name, Reason.FORMAT, "must not have control characters in a key");
      } else if (entry.getValue().isNull()) {
        map.put(entry.getKey(), "");
      } else {
        String text = textOf(argument, entry.getValue(), longest);
        map.put(entry.getKey(), text == null ? "" : text);
      }
    }
    return map;
  }

  /** Null when not given or not an object. */
  public @Nullable JsonArguments object(String name) {
    JsonNode value = given(name);
    return value != null && isObject(name, value)
        ? new JsonArguments(value, prefix + name + ".", violations)
        : null;
  }

  public List<JsonArguments> objects(String name, int most) {
    List<JsonArguments> objects = new ArrayList<>();
    int index = 0;
    for (JsonNode each : elements(name, most)) {
      String argument = name + "." + index++;
      if (isObject(argument, each)) {
        objects.add(new JsonArguments(each, prefix + argument + ".", violations));
      }
    }
    return objects;
  }

  private Iterable<JsonNode> elements(String name, int most) {
    JsonNode value = given(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      refuse(name, Reason.FORMAT, "must be a list");
      return List.of();
    }
    if (value.size() > most) {
      refuse(name, Reason.CONSTRAINT, "must not have more than " + most + " elements");
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

  private @Nullable String textOf(String name, JsonNode value, int longest) {
    if (!value.isString()) {
      refuse(name, Reason.FORMAT, "must be a string");
      return null;
    }
    String text = value.stringValue();
    if (!Texts.isClean(text)) {
      refuse(name, Reason.FORMAT, "must not have control characters");
      return null;
    }
    if (Texts.length(text) > longest) {
      refuse(name, Reason.CONSTRAINT, "must not be longer than " + longest + " characters");
      return null;
    }
    return text;
  }

  private @Nullable JsonNode given(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }
}
