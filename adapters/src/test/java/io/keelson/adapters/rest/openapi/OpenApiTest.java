package io.keelson.adapters.rest.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.EdgeTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenApiTest extends EdgeTest {
  private static final Path CHECKED_IN = Path.of("../infra/docs");
  private static final String WRITE = "keelson.openapi.write";

  @ParameterizedTest
  @ValueSource(strings = {"/openapi/kubernetes-v1.json", "/openapi/keelson-v1.json"})
  void the_document_that_is_checked_in_is_what_the_routes_say(String document) throws IOException {
    Answer served = call("GET", document, null, null);
    Path file = Path.of(CHECKED_IN + document);
    if (Boolean.getBoolean(WRITE)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, served.body());
    }

    assertThat(served.status()).isEqualTo(200);
    assertThat(served.header("Content-Type")).isEqualTo("application/json");
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as("%s: where this is wanted, run this test with -D%s=true", file.normalize(), WRITE)
        .isEqualTo(served.body());
  }
}
