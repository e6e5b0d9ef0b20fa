package io.keelson.adapters.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.kafka.IntakeRules.Allowance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntakeRulesTest {

  private static final Allowance MONITOR =
      new Allowance(List.of("/monitor/*", "/exact"), List.of("io.keelson.node.*"), List.of("o-1"));

  private final IntakeRules rules = new IntakeRules(true, Map.of("monitor", MONITOR));

  @Test
  void a_producer_may_tell_what_it_was_allowed_and_no_more() {
    Allowance allowance = rules.of("monitor");

    assertThat(allowance.source("/monitor/fr-par")).isTrue();
    assertThat(allowance.source("/exact")).isTrue();
    assertThat(allowance.source("/exactly")).isFalse();
    assertThat(allowance.type("io.keelson.node.condition-reported")).isTrue();
    assertThat(allowance.type("io.keelson.project.deleted")).isFalse();
    assertThat(allowance.organization("o-1")).isTrue();
    assertThat(allowance.organization("o-2")).isFalse();
    assertThat(allowance.allOrganizations()).isFalse();
  }

  @Test
  void the_embedded_defaults_producer_may_tell_all_and_a_stranger_nothing() {
    assertThat(rules.of("local")).isEqualTo(Allowance.ALL);
    assertThat(Allowance.ALL.allOrganizations()).isTrue();
    assertThat(rules.of("stranger").source("/monitor/fr-par")).isFalse();
  }

  @Test
  void topics_say_who_their_producer_is() {
    assertThat(TopicNames.RELEASED.producerOf("keelson.intake")).isEqualTo("local");
    assertThat(TopicNames.RELEASED.producerOf("keelson.intake.monitor")).isEqualTo("monitor");
    assertThat(TopicNames.RELEASED.intakes(true).matcher("keelson.intake").matches()).isTrue();
    assertThat(TopicNames.RELEASED.intakes(false).matcher("keelson.intake").matches()).isFalse();
    assertThat(TopicNames.RELEASED.intakes(false).matcher("keelson.intake.a.b").matches()).isTrue();
    assertThat(TopicNames.RELEASED.intakes(true).matcher("keelson.intakes").matches()).isFalse();
    assertThat(TopicNames.RELEASED.intakes(true).matcher("keelson-intake").matches()).isFalse();
  }
}
