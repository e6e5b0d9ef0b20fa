package io.keelson.commands;

import org.jspecify.annotations.Nullable;

/**
 * Who may reach a cluster's public API server: one range of addresses, or all of the provider's
 * own.
 *
 * @param ip CIDR; null for the provider's own ranges
 * @param scalewayRanges true where {@code ip} is null
 */
public record AclRule(
    AclRuleId id, @Nullable String ip, boolean scalewayRanges, String description) {

  private static final String EVERYBODY = "0.0.0.0/0";

  /** The one rule that a new cluster has: it lets everybody in. */
  public static AclRule initial(ClusterId cluster) {
    return new AclRule(
        new AclRuleId(Id.derived("acl-rule", cluster.toString())), EVERYBODY, false, "");
  }
}
