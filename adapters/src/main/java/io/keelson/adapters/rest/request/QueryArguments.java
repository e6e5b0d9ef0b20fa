package io.keelson.adapters.rest.request;

import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.commands.Id;
import io.keelson.projections.Page;
import io.keelson.projections.status.Statuses.Order;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query of one call, read argument by argument. An empty value and the zero value of an enum
 * mean "not given". Violations are collected as in {@link JsonArguments}.
 */
public sealed class QueryArguments permits SchemaQuery {
  static final int MAX_TEXT_LENGTH = 1000;
  private static final int DEFAULT_PAGE_SIZE = 20;
  private static final int MAX_PAGE_SIZE = 100;
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;
  static final Pattern POSITION = Pattern.compile("\\d{1,18}");

  private static final Choice ORDERS = Choice.of(lowerCase(Order.values()));

  private final Function<String, @Nullable String> parameters;
  private final Violations violations;

  public QueryArguments(HttpServletRequest request, Violations violations) {
    this(request::getParameter, violations);
  }

  QueryArguments(Function<String, @Nullable String> parameters, Violations violations) {
    this.parameters = parameters;
    this.violations = violations;
  }

  /**
   * Reads the query of a call.
   *
   * @throws Refused when the query has a violation
   */
  public static <T> T read(HttpServletRequest request, Function<QueryArguments, T> reader) {
    Violations violations = new Violations();
    T read = reader.apply(new QueryArguments(request, violations));
    violations.check();
    return read;
  }

  /** Notes a violation of an argument. */
  public void refuse(String name, Reason reason, String help) {
    violations.add(name, reason, help);
  }

  /** The names of an enum's values on the wire. */
  public static String[] lowerCase(Enum<?>[] values) {
    String[] names = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      names[i] = values[i].name().toLowerCase(Locale.ROOT);
    }
    return names;
  }

  public @Nullable String text(String name) {
    String text = parameters.apply(name);
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (!Texts.isClean(text) || Texts.length(text) > MAX_TEXT_LENGTH) {
      violations.add(name, Reason.FORMAT, "must be a short text without control characters");
      return null;
    }
    return text;
  }

  public @Nullable UUID uuid(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    if (!Id.FORM.matcher(text).matches()) {
      violations.add(name, Reason.FORMAT, "must be a UUID");
      return null;
    }
    return UUID.fromString(text);
  }

  public @Nullable String choice(String name, Choice choice) {
    String text = text(name);
    if (!choice.isGiven(text)) {
      return null;
    }
    if (!choice.values().contains(text)) {
      violations.add(name, Reason.CONSTRAINT, choice.help());
      return null;
    }
    return text;
  }

  /** A value of an enum, in lower case on the wire; its zero value is "unknown". */
  public <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
    String text = choice(name, Choice.of(lowerCase(type.getEnumConstants())).withZero("unknown"));
    return text == null ? null : Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }

  /** The Python client writes {@code True} and {@code False}. */
  public boolean flag(String name) {
    String text = choice(name, Choice.of("true", "false", "True", "False"));
    return text != null && text.equalsIgnoreCase("true");
  }

  public Page.Request page() {
    int page = number("page", 1, Integer.MAX_VALUE, 1);
    int size = number("page_size", 0, MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE);
    return new Page.Request(page, size == 0 ? DEFAULT_PAGE_SIZE : size);
  }

  public Order order() {
    String order = choice("order_by", ORDERS);
    return order == null ? Order.CREATED_AT_ASC : Order.valueOf(order.toUpperCase(Locale.ROOT));
  }

  /** The page size of a list of Keelson's own API. */
  public int limit() {
    return number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
  }

  /** A log position. */
  public @Nullable Long position(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    if (!POSITION.matcher(text).matches()) {
      violations.add(name, Reason.FORMAT, "must be a log position");
      return null;
    }
    return Long.valueOf(text);
  }

  public int number(String name, int min, int max, int fallback) {
    String text = text(name);
    if (text == null) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
      violations.add(name, Reason.CONSTRAINT, "must be between " + min + " and " + max);
    } catch (NumberFormatException _) {
      violations.add(name, Reason.FORMAT, "must be a whole number up to " + max);
    }
    return fallback;
  }
}
