package io.keelson.infra.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.adapters.rest.gateway.GatewayMetadata;
import io.keelson.adapters.rest.request.Regions;
import io.keelson.infra.app.edge.EdgeConfiguration.DeploymentSettings;
import io.keelson.infra.app.edge.EdgeConfiguration.MetadataSettings;
import io.keelson.infra.embedded.StartRefused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EdgeConfigurationTest {
  private final EdgeConfiguration edge = new EdgeConfiguration();

  private static <T> T bound(String prefix, Class<T> type, Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
  }

  private Regions regions(Map<String, String> properties) {
    return edge.regions(bound("keelson", DeploymentSettings.class, properties));
  }

  @Test
  void serves_all_regions_unless_somebody_says_otherwise() {
    assertThat(regions(Map.of("keelson.data-dir", "./data"))).isEqualTo(Regions.ALL);
  }

  @Test
  void serves_the_regions_that_are_named_each_with_its_zones() {
    assertThat(
            regions(
                    Map.of(
                        "keelson.regions.de-ber", "de-ber-1,de-ber-2",
                        "keelson.regions.nl-ams[0]", "nl-ams-3"))
                .zones())
        .containsOnly(
            Map.entry("de-ber", List.of("de-ber-1", "de-ber-2")),
            Map.entry("nl-ams", List.of("nl-ams-3")));
  }

  @Test
  void refuses_to_start_with_a_region_that_clients_cannot_read() {
    assertThatThrownBy(() -> regions(Map.of("keelson.regions.berlin", "berlin-1")))
        .isInstanceOf(StartRefused.class)
        .hasMessageContainingAll("keelson.regions", "\"berlin\"", "xx-yyy");
    assertThatThrownBy(() -> regions(Map.of("keelson.regions.de-ber", "")))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("de-ber must have a zone");
  }

  @Test
  void says_of_the_deployment_what_is_configured() {
    assertThat(
            edge.gatewayMetadata(
                bound(
                    "keelson.metadata",
                    MetadataSettings.class,
                    Map.of("keelson.metadata.domain", "cloud.example"))))
        .isEqualTo(new GatewayMetadata("keelson", "default", "cloud.example"));
  }
}
