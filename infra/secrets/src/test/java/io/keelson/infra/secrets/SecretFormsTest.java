package io.keelson.infra.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.ClusterId;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SecretFormsTest {

  private static final UUID ID = UUID.fromString("6c0f0d5e-0d1b-4c5c-9c39-0a5d2f6a7b11");
  private static final String MAC = "AAECAwQFBgcICQoLDA0ODw";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void a_reference_is_an_object_of_id_and_mac() {
    SecretRef ref = new SecretRef(ID, MAC);

    String json = JSON.writeValueAsString(ref);

    assertThat(json).isEqualTo("{\"id\":\"%s\",\"mac\":\"%s\"}".formatted(ID, MAC));
    assertThat(JSON.readValue(json, SecretRef.class)).isEqualTo(ref);
  }

  @Test
  void a_subject_is_a_text() {
    SecretSubject subject = SecretSubject.cluster(new ClusterId(ID));

    String json = JSON.writeValueAsString(subject);

    assertThat(json).isEqualTo("\"cluster:" + ID + "\"");
    assertThat(JSON.readValue(json, SecretSubject.class)).isEqualTo(subject);
  }

  @Test
  void every_kind_of_subject_has_a_prefix() {
    assertThat(SecretSubject.organization(new OrganizationId(ID)).value())
        .isEqualTo("organization:" + ID);
    assertThat(SecretSubject.principal("SCWXXXXXXXXXXXXXXXXX").value())
        .isEqualTo("principal:SCWXXXXXXXXXXXXXXXXX");
    assertThat(SecretSubject.principal("system:observer").value())
        .isEqualTo("principal:system:observer");
  }

  @Test
  void only_principals_are_principals() {
    assertThat(SecretSubject.principal("cluster:x").isPrincipal()).isTrue();
    assertThat(SecretSubject.cluster(new ClusterId(ID)).isPrincipal()).isFalse();
    assertThat(SecretSubject.organization(new OrganizationId(ID)).isPrincipal()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cluster:",
        "cluster:1",
        "cluster:6C0F0D5E-0D1B-4C5C-9C39-0A5D2F6A7B11",
        "node:6c0f0d5e-0d1b-4c5c-9c39-0a5d2f6a7b11",
        "principal:",
        "principal:Jane Doe",
        "principal:a\n"
      })
  void another_form_is_no_subject_and_is_not_repeated_in_the_message(String text) {
    assertThatThrownBy(() -> new SecretSubject(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not the form of a subject of secrets");
  }

  @Test
  void an_id_of_a_principal_has_at_most_200_characters() {
    assertThat(SecretSubject.principal("x".repeat(200)).value()).hasSize(210);
    assertThatThrownBy(() -> SecretSubject.principal("x".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "AAECAwQFBgcICQoLDA0OD", "AAECAwQFBgcICQoLDA0ODx", "AAECAwQFBgcICQoLDA0+Dw"})
  void a_mac_is_128_bits_in_base64url(String mac) {
    assertThatThrownBy(() -> new SecretRef(ID, mac)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_id_of_a_reference_follows_from_subject_and_mac() {
    SecretSubject subject = SecretSubject.principal("one");
    SecretRef ref = SecretRef.of(subject, MAC);

    assertThat(ref.belongsTo(subject)).isTrue();
    assertThat(ref.belongsTo(SecretSubject.principal("two"))).isFalse();
    assertThat(new SecretRef(ref.id(), "BAECAwQFBgcICQoLDA0ODw").belongsTo(subject)).isFalse();
  }
}
