package io.keelson.infra.secrets;

import static io.keelson.infra.secrets.TestSecrets.bytes;
import static io.keelson.infra.secrets.TestSecrets.cluster;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.secret.SecretUnreadable;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever somebody with access to the tables changes there is reported as what it is. */
class TamperingTest {

  private final TestSecrets store = TestSecrets.fresh();
  private final PostgresSecrets secrets = store.secrets();
  private final SecretSubject subject = cluster();
  private final SecretSubject other = cluster();
  private final SecretRef ref = secrets.keep(subject, bytes("marker-value"));
  private final SecretRef sameSubject = secrets.keep(subject, bytes("marker-second"));
  private final SecretRef otherSubject = secrets.keep(other, bytes("marker-value"));

  @Test
  void a_ciphertext_of_another_secret_of_the_subject_is_unreadable() {
    moveCiphertext(sameSubject);

    assertUnreadable(() -> secrets.reveal(ref));
  }

  @Test
  void a_ciphertext_of_another_subject_is_unreadable() {
    moveCiphertext(otherSubject);

    assertUnreadable(() -> secrets.reveal(ref));
  }

  @Test
  void a_row_that_was_given_to_another_subject_is_unreadable() {
    change("update secrets.secret set subject = ? where id = ?", other.value(), ref.id());

    assertUnreadable(() -> secrets.reveal(ref));
  }

  @Test
  void a_row_that_was_given_to_another_subject_and_its_keyset_is_unreadable() {
    change(
        """
        update secrets.secret
        set subject = ?, keyset = (select id from secrets.keyset where subject = ?) where id = ?
        """,
        other.value(),
        other.value(),
        ref.id());

    assertUnreadable(() -> secrets.reveal(ref));
  }

  @Test
  void a_row_under_another_id_is_unreadable() {
    change("delete from secrets.secret where id = ?", sameSubject.id());
    change("update secrets.secret set id = ? where id = ?", sameSubject.id(), ref.id());

    assertUnreadable(() -> secrets.reveal(sameSubject));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 12, 20})
  void a_ciphertext_with_a_changed_byte_is_unreadable(int index) {
    change(
        """
        update secrets.secret
        set ciphertext = set_byte(ciphertext, ?, get_byte(ciphertext, ?) # 1) where id = ?
        """,
        index,
        index,
        ref.id());

    assertUnreadable(() -> secrets.reveal(ref));
    assertUnreadable(() -> secrets.revealAll(List.of(otherSubject, ref)));
  }

  @Test
  void an_empty_ciphertext_is_unreadable() {
    change("update secrets.secret set ciphertext = '' where id = ?", ref.id());

    assertUnreadable(() -> secrets.reveal(ref));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aead", "mac"})
  void a_keyset_of_another_subject_is_unreadable(String column) {
    change(
        "update secrets.keyset set %1$s = (select %1$s from secrets.keyset where subject = ?) where subject = ?"
            .formatted(column),
        other.value(),
        subject.value());

    assertUnreadable(() -> secrets.keep(subject, bytes("marker-value")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aead = ''", "aead = mac", "aead = '\\x00'", "subject = 'changed'"})
  void a_changed_keyset_is_unreadable(String change) {
    change("update secrets.keyset set " + change + " where subject = ?", subject.value());

    assertUnreadable(() -> secrets.reveal(ref));
  }

  @Test
  void a_reference_with_another_mac_is_unreadable() {
    assertUnreadable(() -> secrets.reveal(new SecretRef(ref.id(), otherSubject.mac())));
  }

  @Test
  void rows_that_were_written_under_another_key_are_unreadable() {
    change("delete from secrets.key_check");
    PostgresSecrets wrong = PostgresSecrets.open(store.database(), KeyEncryptionKey.generate());

    assertUnreadable(() -> wrong.reveal(ref));
    assertUnreadable(() -> wrong.keep(subject, bytes("marker-value")));
  }

  private void moveCiphertext(SecretRef from) {
    change(
        "update secrets.secret set ciphertext = (select ciphertext from secrets.secret where id ="
            + " ?) where id = ?",
        from.id(),
        ref.id());
  }

  private void change(String sql, Object... arguments) {
    store.jdbc().update(sql, arguments);
  }

  private static void assertUnreadable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(SecretUnreadable.class)
        .message()
        .doesNotContain("marker", "\n");
  }
}
