package io.keelson.adapters.rest.acl;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads ACL rules. It never compares them with the existing rules of a cluster. */
final class AclRequest {
  private static final int MAX_RULES = 100;
  private static final int MAX_RANGE_LENGTH = 100;
  private static final int MAX_DESCRIPTION_LENGTH = 2000;
  private static final String PROVIDER = "the provider's own";

  private AclRequest() {}

  /** The rules in the given order; each gets the next id of {@code ids}. */
  static List<AclRule> read(JsonArguments body, Supplier<UUID> ids) {
    List<AclRule> rules = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonArguments each : body.objects("acls", MAX_RULES)) {
      AclRule rule = rule(each, new AclRuleId(ids.get()));
      String range = rule.scalewayRanges() ? PROVIDER : rule.ip();
      if (range != null && !seen.add(range)) {
        each.refuse(
            rule.scalewayRanges() ? "scaleway_ranges" : "ip",
            Reason.CONSTRAINT,
            "another rule of the list is about the same addresses");
      }
      rules.add(rule);
    }
    return rules;
  }

  private static AclRule rule(JsonArguments given, AclRuleId id) {
    boolean provider = given.flag("scaleway_ranges", false);
    boolean filled = given.isFilled("ip");
    if (provider && filled) {
      given.refuse(
          "scaleway_ranges", Reason.CONSTRAINT, "ip and scaleway_ranges exclude each other");
    }
    given.require("ip", provider || filled);
    String range = range(given);
    String description = given.text("description", MAX_DESCRIPTION_LENGTH, "");
    return new AclRule(id, provider ? null : range, provider, description);
  }

  private static @Nullable String range(JsonArguments given) {
    String text = given.text("ip", MAX_RANGE_LENGTH, "");
    if (text.isEmpty()) {
      return null;
    }
    AddressRange range = AddressRange.parse(text).orElse(null);
    if (range == null) {
      given.refuse("ip", Reason.FORMAT, "must be an IP address or a network like 192.0.2.0/24");
      return null;
    }
    if (!range.equals(range.network())) {
      given.refuse(
          "ip", Reason.FORMAT, "has bits after its prefix; its network is " + range.network());
    }
    return range.toString();
  }
}
