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
 * A rule of access as clients see it; the order of the components is that on the wire.
 *
 * @param ip CIDR; absent where {@code scalewayRanges} is there
 * @param scalewayRanges true; absent where {@code ip} is there
 * @param region always empty, as recorded
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AclRuleResponse(
    AclRuleId id,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String ip,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean scalewayRanges,
    String description,
    String region) {

  /** By the text of the address, as recorded; the rule without one comes last. */
  private static final Comparator<AclRule> ORDER =
      Comparator.comparing(AclRule::ip, Comparator.nullsLast(Comparator.naturalOrder()));

  /** The rules that a call has written, in its order. */
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
