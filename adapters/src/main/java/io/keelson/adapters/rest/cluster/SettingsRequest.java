package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.commands.OpenIdConnect;
import io.keelson.commands.spec.AutoUpgrade;
import io.keelson.commands.spec.AutoscalerConfig;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a cluster that are objects. Each is partial: an absent member stays
 * unchanged.
 */
final class SettingsRequest {
  private static final int MAX_URL_LENGTH = 255;
  private static final int MAX_VALUE_LENGTH = 100;
  private static final long UINT32 = 4_294_967_295L;
  private static final Pattern DURATION =
      Pattern.compile("0|(\\d{1,9}(\\.\\d{0,9})?(ns|us|µs|ms|s|m|h))+");
  private static final Pattern HTTPS = Pattern.compile("https://[^\\s/?#]+[^\\s]*");
  private static final Choice ESTIMATORS = Choice.of("binpacking").withZero("unknown_estimator");
  private static final Choice EXPANDERS =
      Choice.of("random", "most_pods", "least_waste", "priority", "price")
          .withZero("unknown_expander");
  private static final Choice DAYS =
      Choice.of(
          "any", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

  private SettingsRequest() {}

  static AutoscalerConfig autoscaler(@Nullable JsonArguments given, AutoscalerConfig before) {
    if (given == null) {
      return before;
    }
    return new AutoscalerConfig(
        given.flag("scale_down_disabled", before.scaleDownDisabled()),
        duration(given, "scale_down_delay_after_add", before.scaleDownDelayAfterAdd()),
        given.choice("estimator", ESTIMATORS, before.estimator()),
        given.choice("expander", EXPANDERS, before.expander()),
        given.flag("ignore_daemonsets_utilization", before.ignoreDaemonsetsUtilization()),
        given.flag("balance_similar_node_groups", before.balanceSimilarNodeGroups()),
        (int)
            given.number(
                "expendable_pods_priority_cutoff",
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                before.expendablePodsPriorityCutoff()),
        duration(given, "scale_down_unneeded_time", before.scaleDownUnneededTime()),
        given.between(
            "scale_down_utilization_threshold", 0, 1, before.scaleDownUtilizationThreshold()),
        given.number("max_graceful_termination_sec", 0, UINT32, before.maxGracefulTerminationSec()),
        given.flag("skip_nodes_with_local_storage", before.skipNodesWithLocalStorage()),
        (int) given.number("log_level", 0, 4, before.logLevel()));
  }

  static AutoUpgrade autoUpgrade(@Nullable JsonArguments given, AutoUpgrade before) {
    if (given == null) {
      return before;
    }
    boolean enabled = given.flag("enable", before.enabled());
    JsonArguments window = given.object("maintenance_window");
    return window == null
        ? new AutoUpgrade(enabled, before.startHour(), before.day())
        : new AutoUpgrade(
            enabled,
            (int) window.number("start_hour", 0, 23, before.startHour()),
            window.choice("day", DAYS, before.day()));
  }

  static OpenIdConnect openIdConnect(@Nullable JsonArguments given, OpenIdConnect before) {
    if (given == null) {
      return before;
    }
    OpenIdConnect after =
        new OpenIdConnect(
            text(given, "issuer_url", MAX_URL_LENGTH, before.issuerUrl()),
            text(given, "client_id", MAX_URL_LENGTH, before.clientId()),
            text(given, "username_claim", MAX_VALUE_LENGTH, before.usernameClaim()),
            text(given, "username_prefix", MAX_VALUE_LENGTH, before.usernamePrefix()),
            texts(given, "groups_claim", before.groupsClaim()),
            text(given, "groups_prefix", MAX_VALUE_LENGTH, before.groupsPrefix()),
            texts(given, "required_claim", before.requiredClaim()));
    checkOpenIdConnect(given, after);
    return after;
  }

  private static void checkOpenIdConnect(JsonArguments given, OpenIdConnect after) {
    if (!after.issuerUrl().isEmpty() && !HTTPS.matcher(after.issuerUrl()).matches()) {
      given.refuse("issuer_url", Reason.FORMAT, "must be a URL that begins with https://");
    }
    given.require("client_id", after.issuerUrl().isEmpty() || !after.clientId().isEmpty());
    given.require("issuer_url", after.clientId().isEmpty() || !after.issuerUrl().isEmpty());
    for (int i = 0; i < after.requiredClaim().size(); i++) {
      if (after.requiredClaim().get(i).indexOf('=') < 1) {
        given.refuse("required_claim." + i, Reason.FORMAT, "must have the form key=value");
      }
    }
  }

  private static String duration(JsonArguments given, String name, String before) {
    String text = given.text(name, MAX_VALUE_LENGTH, before);
    if (!DURATION.matcher(text).matches()) {
      given.refuse(name, Reason.FORMAT, "must be a duration like 10m or 1h30m");
    }
    return text;
  }

  /** An empty text is a value here: it removes the setting. */
  private static String text(JsonArguments given, String name, int maxLength, String before) {
    String text = given.text(name, maxLength);
    return text == null ? before : text;
  }

  private static List<String> texts(JsonArguments given, String name, List<String> before) {
    return given.isGiven(name) ? given.texts(name, MAX_VALUE_LENGTH) : before;
  }
}
