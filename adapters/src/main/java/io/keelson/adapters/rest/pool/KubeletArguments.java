package io.keelson.adapters.rest.pool;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Whether a value of a kubelet argument is of the type that a release says it has. */
final class KubeletArguments {
  private static final String ENUM = "enum:";
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,11}");
  private static final Pattern QUANTITY =
      Pattern.compile("\\d{1,18}(\\.\\d{0,9})?([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d{1,3})?");
  private static final Pattern DURATION =
      Pattern.compile("0|(\\d{1,12}(\\.\\d{0,9})?(ns|us|µs|ms|s|m|h))+");
  private static final Pattern PAIRS =
      Pattern.compile("[^=,\\s]{1,253}=[^=,]{0,253}(,[^=,\\s]{1,253}=[^=,]{0,253})*+");

  private KubeletArguments() {}

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

  private static boolean isWithin(String value, long least, long most) {
    if (!WHOLE.matcher(value).matches()) {
      return false;
    }
    long number = Long.parseLong(value);
    return number >= least && number <= most;
  }
}
