package io.keelson.adapters.rest.acl;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import io.keelson.projections.Page;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An ACL rule as clients see it; the components are in the order of the wire.
 *
 * @param ip CIDR; absent if {@code scalewayRanges} is present
 * @param scalewayRanges true; absent if {@code ip} is present
 * @param region always empty, as recorded
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AclRuleResponse(
    AclRuleId id,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String ip,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean scalewayRanges,
    String description,
    String region) {

  /** By the text of the address, as recorded; rules without an address come last. */
  private static final Comparator<AclRule> ORDER =
      Comparator.comparing(AclRule::ip, Comparator.nullsLast(Comparator.naturalOrder()));

  /** The rules that a call has written, in the order of its body. */
  public record Written(List<AclRuleResponse> rules) {

    static Written of(List<AclRule> rules) {
      return new Written(rules.stream().map(AclRuleResponse::of).toList());
    }
  }

  /** One page of rules. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Listed(List<AclRuleResponse> rules, int totalCount) {

    static Listed of(List<AclRule> all, Page.Request page) {
      return new Listed(
          all.stream()
              .sorted(ORDER)
              .skip(page.offset())
              .limit(page.size())
              .map(AclRuleResponse::of)
              .toList(),
          all.size());
    }
  }

  private static AclRuleResponse of(AclRule rule) {
    return new AclRuleResponse(
        rule.id(), rule.ip(), rule.scalewayRanges() ? true : null, rule.description(), "");
  }
}
