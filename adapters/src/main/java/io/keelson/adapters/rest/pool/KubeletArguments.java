package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.commands.release.Release;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads kubelet arguments. Each value must have the type that the release defines. */
final class KubeletArguments {
  private static final String ENUM = "enum:";
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,11}");
  private static final Pattern QUANTITY =
      Pattern.compile("\\d{1,18}(\\.\\d{0,9})?([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d{1,3})?");
  private static final Pattern DURATION =
      Pattern.compile("0|(\\d{1,12}(\\.\\d{0,9})?(ns|us|µs|ms|s|m|h))+");
  private static final Pattern PAIRS =
      Pattern.compile("[^=,\\s]{1,253}=[^=,]{0,253}(,[^=,\\s]{1,253}=[^=,]{0,253})*+");

  private static final int MAX_VALUE_LENGTH = 1000;

  private KubeletArguments() {}

  /**
   * The kubelet arguments of a pool.
   *
   * @param release null: names and values are not checked
   */
  static Map<String, String> read(JsonArguments pool, @Nullable Release release) {
    Map<String, String> given = pool.textMap("kubelet_args", MAX_VALUE_LENGTH);
    if (release != null) {
      given.forEach((name, value) -> check(pool, name, value, release.kubeletArgs().get(name)));
    }
    return given;
  }

  private static void check(
      JsonArguments pool, String name, String value, @Nullable String argumentType) {
    if (argumentType == null) {
      pool.refuse(
          "kubelet_args." + name,
          Reason.CONSTRAINT,
          "kubelet argument " + name + " is not available for this version");
    } else if (!isOfType(value, argumentType)) {
      pool.refuse("kubelet_args." + name, Reason.FORMAT, "must be of type " + argumentType);
    }
  }

  static boolean isOfType(String value, String type) {
    return switch (type) {
      case "bool" -> value.equals("true") || value.equals("false");
      case "uint16" -> isWithin(value, 0, 65_535);
      case "uint32" -> isWithin(value, 0, 4_294_967_295L);
      case "int32" -> isWithin(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "quantity" -> QUANTITY.matcher(value).matches();
      case "duration" -> DURATION.matcher(value).matches();
      case "map[string]string" -> value.isEmpty() || PAIRS.matcher(value).matches();
      default -> !type.startsWith(ENUM) || members(type).contains(value);
    };
  }

  private static List<String> members(String type) {
    return Arrays.asList(type.substring(ENUM.length()).split("\\|"));
  }

  private static boolean isWithin(String value, long min, long max) {
    if (!WHOLE.matcher(value).matches()) {
      return false;
    }
    long number = Long.parseLong(value);
    return number >= min && number <= max;
  }
}
