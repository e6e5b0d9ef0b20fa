package io.keelson.adapters.rest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.EdgeTest;
import org.junit.jupiter.api.Test;

class MetadataTest extends EdgeTest {

  @Test
  void tells_clients_what_to_name_resources_by() {
    Answer answer = get("/metadata");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .isEqualTo(
            "{\"platform\":\"platform\",\"partition\":\"partition\",\"domain\":\"domain.example\"}");
  }

  @Test
  void needs_a_key_and_refuses_as_the_kubernetes_api_does() {
    Answer answer = call("GET", "/metadata", null, null);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text("type")).isEqualTo("denied_authentication");
  }
}
