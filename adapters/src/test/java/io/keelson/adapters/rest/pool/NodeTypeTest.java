package io.keelson.adapters.rest.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeTypeTest {

  @ParameterizedTest
  @CsvSource({
    "DEV1-M, dev1_m, l_ssd, 40",
    "dev1_l, dev1_l, l_ssd, 80",
    "GP1-XS, gp1_xs, l_ssd, 150",
    "PRO2_XXS, pro2_xxs, sbs_5k, 20",
    "pop2-hc-4c-8g, pop2_hc_4c_8g, sbs_5k, 20",
    "L40S-1-48G, l40s_1_48g, sbs_5k, 20"
  })
  void is_found_in_every_spelling_and_has_the_recorded_volume(
      String text, String name, String volume, long gigabytes) {
    NodeType type = NodeType.named(text).orElseThrow();

    assertThat(type.name()).isEqualTo(name);
    assertThat(type.defaultVolumeType()).isEqualTo(volume);
    assertThat(type.defaultVolumeSize(volume)).isEqualTo(gigabytes * 1_000_000_000);
    assertThat(type.cpus()).isPositive();
    assertThat(type.memory()).isPositive();
  }

  @Test
  void gives_a_block_volume_its_own_default_even_beside_local_storage() {
    assertThat(NodeType.named("dev1-m").orElseThrow().defaultVolumeSize("sbs_15k"))
        .isEqualTo(20_000_000_000L);
  }

  @Test
  void is_nothing_for_what_is_not_on_offer() {
    assertThat(NodeType.named("")).isEmpty();
    assertThat(NodeType.named("# name")).isEmpty();
    assertThat(NodeType.named("unknown")).isEmpty();
    assertThat(NodeType.named("dev1_m ")).isEmpty();
  }
}
