package io.keelson.infra.secrets;

import static io.keelson.infra.secrets.TestSecrets.bytes;
import static io.keelson.infra.secrets.TestSecrets.cluster;
import static io.keelson.infra.secrets.TestSecrets.principal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.secret.SecretErased;
import io.keelson.commands.secret.SecretUnknown;
import io.keelson.infra.embedded.StartRefused;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class PostgresSecretsTest {

  private final TestSecrets store = TestSecrets.fresh();
  private final PostgresSecrets secrets = store.secrets();

  @Test
  void reveals_what_was_kept() {
    SecretRef ref = secrets.keep(cluster(), bytes("#cloud-config"));

    assertThat(secrets.reveal(ref)).isEqualTo(bytes("#cloud-config"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000_000})
  void takes_values_of_every_size(int size) {
    SecretRef ref = secrets.keep(cluster(), new byte[size]);

    assertThat(secrets.reveal(ref)).isEqualTo(new byte[size]);
  }

  @Test
  void the_same_value_of_a_subject_is_one_reference_and_one_row() {
    SecretSubject subject = cluster();

    SecretRef first = secrets.keep(subject, bytes("value"));

    assertThat(secrets.keep(subject, bytes("value"))).isEqualTo(first);
    assertThat(store.another().keep(subject, bytes("value"))).isEqualTo(first);
    assertThat(store.count("secret")).isEqualTo(1);
    assertThat(store.count("keyset")).isEqualTo(1);
  }

  @Test
  void another_value_or_another_subject_is_another_reference() {
    SecretSubject subject = cluster();
    SecretRef ref = secrets.keep(subject, bytes("value"));

    assertThat(secrets.keep(subject, bytes("other")).mac()).isNotEqualTo(ref.mac());
    assertThat(secrets.keep(cluster(), bytes("value")).mac()).isNotEqualTo(ref.mac());
  }

  @Test
  void an_erased_secret_is_erased_and_not_unknown() {
    SecretSubject subject = cluster();
    SecretRef ref = secrets.keep(subject, bytes("value"));

    secrets.erase(subject);

    assertThatThrownBy(() -> secrets.reveal(ref))
        .isInstanceOf(SecretErased.class)
        .hasMessageContaining(ref.id().toString());
    assertThatThrownBy(() -> store.another().reveal(ref)).isInstanceOf(SecretErased.class);
    assertThat(store.count("keyset")).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_same_value_has_another_mac_after_an_erasure(boolean principal) {
    SecretSubject subject = principal ? principal() : cluster();
    SecretRef before = secrets.keep(subject, bytes("value"));
    secrets.erase(subject);

    SecretRef after = secrets.keep(subject, bytes("value"));

    assertThat(after.mac()).isNotEqualTo(before.mac());
    assertThat(secrets.reveal(after)).isEqualTo(bytes("value"));
    assertThatThrownBy(() -> secrets.reveal(before)).isInstanceOf(SecretErased.class);
  }

  @Test
  void an_erasure_by_another_instance_is_effective_at_once() {
    SecretSubject subject = cluster();
    SecretRef before = secrets.keep(subject, bytes("value"));
    store.another().erase(subject);

    assertThatThrownBy(() -> secrets.reveal(before)).isInstanceOf(SecretErased.class);
    SecretRef after = secrets.keep(subject, bytes("value"));
    assertThat(secrets.reveal(after)).isEqualTo(bytes("value"));
  }

  @Test
  void an_erasure_leaves_other_subjects_alone() {
    SecretRef other = secrets.keep(cluster(), bytes("value"));
    SecretSubject subject = cluster();
    secrets.keep(subject, bytes("value"));

    secrets.erase(subject);
    secrets.erase(subject);
    secrets.erase(cluster());

    assertThat(secrets.reveal(other)).isEqualTo(bytes("value"));
  }

  @Test
  void a_reference_without_a_row_is_unknown() {
    SecretRef ref = SecretRef.of(cluster(), "AAECAwQFBgcICQoLDA0ODw");

    assertThatThrownBy(() -> secrets.reveal(ref)).isInstanceOf(SecretUnknown.class);
    assertThatThrownBy(() -> secrets.revealAll(List.of(ref))).isInstanceOf(SecretUnknown.class);
  }

  @Test
  void reveals_many_at_once_without_the_erased_ones() {
    SecretSubject erased = cluster();
    SecretSubject subject = principal();
    SecretRef gone = secrets.keep(erased, bytes("gone"));
    SecretRef one = secrets.keep(subject, bytes("one"));
    SecretRef two = secrets.keep(subject, bytes("two"));
    SecretRef three = secrets.keep(cluster(), bytes("three"));
    secrets.erase(erased);

    Map<UUID, byte[]> values = secrets.revealAll(List.of(one, gone, two, three, one));

    assertThat(values).containsOnlyKeys(one.id(), two.id(), three.id());
    assertThat(values.get(one.id())).isEqualTo(bytes("one"));
    assertThat(values.get(two.id())).isEqualTo(bytes("two"));
    assertThat(values.get(three.id())).isEqualTo(bytes("three"));
    assertThat(secrets.revealAll(List.of())).isEmpty();
  }

  @Test
  void a_restart_loses_nothing() {
    SecretSubject subject = principal();
    SecretRef ref = secrets.keep(subject, bytes("198.51.100.7"));

    PostgresSecrets restarted = store.another();

    assertThat(restarted.reveal(ref)).isEqualTo(bytes("198.51.100.7"));
    assertThat(restarted.keep(subject, bytes("198.51.100.7"))).isEqualTo(ref);
  }

  @Test
  void a_rolled_back_caller_takes_back_nothing() {
    var transaction = new TransactionTemplate(new DataSourceTransactionManager(store.database()));
    SecretSubject subject = principal();
    SecretRef ref =
        transaction.execute(
            status -> {
              status.setRollbackOnly();
              return secrets.keep(subject, bytes("value"));
            });

    assertThat(secrets.reveal(ref)).isEqualTo(bytes("value"));
    assertThat(secrets.keep(subject, bytes("value"))).isEqualTo(ref);
  }

  @Test
  void the_reference_of_a_recent_value_of_a_principal_needs_no_database() {
    SecretSubject subject = principal();
    SecretRef ref = secrets.keep(subject, bytes("curl/8"));
    store.jdbc().execute("alter schema secrets rename to away");

    assertThat(secrets.keep(subject, bytes("curl/8"))).isEqualTo(ref);
  }

  @Test
  void a_wrong_key_stops_the_start_with_one_line_that_names_the_setting() {
    KeyEncryptionKey wrong =
        KeyEncryptionKey.parse(KeyEncryptionKey.generate().text(), "KEELSON_SECRETS_KEY");

    assertThatThrownBy(() -> PostgresSecrets.open(store.database(), wrong))
        .isInstanceOf(StartRefused.class)
        .hasMessage(
            "KEELSON_SECRETS_KEY holds another key than the one that encrypts the secrets of this"
                + " database: set it to the key of the first start");
    assertThat(store.another()).isNotNull();
  }
}
