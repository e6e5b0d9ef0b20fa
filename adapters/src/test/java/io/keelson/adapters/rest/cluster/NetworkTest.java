package io.keelson.adapters.rest.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  private static Network network(String text) {
    return Network.parse(text).orElseThrow();
  }

  @Test
  void reads_and_writes_the_same_text() {
    for (String text : new String[] {"0.0.0.0/0", "10.32.0.0/20", "255.255.255.255/32"}) {
      assertThat(network(text)).hasToString(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/08",
        "010.0.0.0/8",
        "10.0.0/8",
        "1.2.3.4/24",
        "::/0",
        "a.b.c.d/8",
        "10.0.0.0/8 ",
        "300.0.0.0/8"
      })
  void refuses_what_is_no_network(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }

  @Test
  void knows_its_hosts_and_its_neighbours() {
    Network network = network("10.32.0.0/20");

    assertThat(network.hasHost(Network.address("10.32.15.254").orElseThrow())).isTrue();
    assertThat(network.hasHost(Network.address("10.32.15.255").orElseThrow())).isFalse();
    assertThat(network.hasHost(Network.address("10.32.0.0").orElseThrow())).isFalse();
    assertThat(network.overlaps(network("10.32.8.0/24"))).isTrue();
    assertThat(network.overlaps(network("10.0.0.0/8"))).isTrue();
    assertThat(network.overlaps(network("10.32.16.0/20"))).isFalse();
  }
}
