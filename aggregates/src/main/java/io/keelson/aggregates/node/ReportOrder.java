package io.keelson.aggregates.node;

import io.keelson.commands.node.Report;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * Which of two reports of one source is the newer one: by sequence if both have one, else by time.
 * If neither decides, the report that arrives later counts as the newer one.
 */
final class ReportOrder {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,100}");

  private ReportOrder() {}

  static boolean isOlder(Report report, Report known) {
    if (report.sequence() != null && known.sequence() != null) {
      return compare(report.sequence(), known.sequence()) < 0;
    }
    return report.time() != null && known.time() != null && report.time().isBefore(known.time());
  }

  /** As text, as CloudEvents says, except that two numbers are compared as numbers. */
  private static int compare(String one, String other) {
    return NUMBER.matcher(one).matches() && NUMBER.matcher(other).matches()
        ? new BigInteger(one).compareTo(new BigInteger(other))
        : one.compareTo(other);
  }
}
