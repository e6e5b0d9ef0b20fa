package io.keelson.adapters.rest.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.adapters.rest.problem.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegionsTest {

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of(Map.of(), "there must be a region"),
        Arguments.of(Map.of("paris", List.of("paris-1")), "\"paris\" must have the form xx-yyy"),
        Arguments.of(Map.of("FR-PAR", List.of("FR-PAR-1")), "\"FR-PAR\" must have the form"),
        Arguments.of(Map.of("fr-par", List.of()), "fr-par must have a zone"),
        Arguments.of(
            Map.of("fr-par", List.of("nl-ams-1")), "\"nl-ams-1\" of region fr-par must have"),
        Arguments.of(Map.of("fr-par", List.of("fr-par")), "must have the form fr-par-<n>"),
        Arguments.of(Map.of("fr-par", List.of("fr-par-0")), "must have the form fr-par-<n>"),
        Arguments.of(Map.of("fr-par", List.of("")), "zone \"\" of region fr-par"),
        Arguments.of(
            Map.of("fr-par", List.of("fr-par-1", "fr-par-1")), "fr-par-1 is listed twice"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void what_no_client_could_read_is_refused(Map<String, List<String>> zones, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Regions(zones))
        .withMessageContaining(why);
  }

  @Test
  void each_has_its_own_zones_and_the_first_ones_are_the_defaults() {
    Map<String, List<String>> zones = new LinkedHashMap<>();
    zones.put("xx-one", List.of("xx-one-2", "xx-one-1"));
    zones.put("aa-two", List.of("aa-two-7"));
    Regions regions = new Regions(zones);

    assertThat(regions.first())
        .isEqualTo(
            new Region(
                "xx-one",
                List.of("xx-one-2", "xx-one-1"),
                List.of("xx-one-2", "xx-one-1", "aa-two-7")));
    assertThat(regions.first().defaultZone()).isEqualTo("xx-one-2");
    assertThat(regions.convert("aa-two").zones()).containsExactly("aa-two-7");
  }

  @Test
  void one_that_is_not_served_is_refused_to_callers() {
    assertThatThrownBy(() -> Regions.ALL.convert("xx-one"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.problem().status()).isEqualTo(400));
  }

  @Test
  void all_of_the_field_are_served_unless_somebody_says_otherwise() {
    assertThat(Regions.ALL.zones().keySet())
        .containsExactly("fr-par", "nl-ams", "pl-waw", "it-mil");
    assertThat(Regions.ALL.first().name()).isEqualTo("fr-par");
  }
}
