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
 * The query of one call, read argument by argument: an empty value and the zero value of an enum
 * mean "not given". Violations are collected as for {@link JsonArguments}.
 */
public sealed class QueryArguments permits SchemaQuery {
  static final int LONGEST_TEXT = 1000;
  private static final int DEFAULT_PAGE_SIZE = 20;
  private static final int LARGEST_PAGE = 100;
  private static final int DEFAULT_LIMIT = 100;
  private static final int LARGEST_LIMIT = 1000;
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
   * @throws Refused when anything is wrong with it
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

  /** The names of an enum as the API spells them. */
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
    if (!Texts.isClean(text) || Texts.length(text) > LONGEST_TEXT) {
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

  /** A value of an enum, spelt in lower case; its zero value is "unknown". */
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
    int size = number("page_size", 0, LARGEST_PAGE, DEFAULT_PAGE_SIZE);
    return new Page.Request(page, size == 0 ? DEFAULT_PAGE_SIZE : size);
  }

  public Order order() {
    String order = choice("order_by", ORDERS);
    return order == null ? Order.CREATED_AT_ASC : Order.valueOf(order.toUpperCase(Locale.ROOT));
  }

  /** How many items a part of a list of Keelson's own API may have. */
  public int limit() {
    return number("limit", 1, LARGEST_LIMIT, DEFAULT_LIMIT);
  }

  /** A place in the log. */
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

  public int number(String name, int least, int most, int otherwise) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
      violations.add(name, Reason.CONSTRAINT, "must be between " + least + " and " + most);
    } catch (NumberFormatException _) {
      violations.add(name, Reason.FORMAT, "must be a whole number up to " + most);
    }
    return otherwise;
  }
}
