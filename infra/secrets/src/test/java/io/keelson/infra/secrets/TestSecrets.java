package io.keelson.infra.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keelson.commands.ClusterId;
import io.keelson.commands.SecretSubject;
import io.keelson.infra.testing.TestPostgres;
import java.util.Objects;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A fresh database of secrets and the key of its first start. */
record TestSecrets(
    PGSimpleDataSource database, KeyEncryptionKey key, PostgresSecrets secrets, JdbcTemplate jdbc) {

  static TestSecrets fresh() {
    PGSimpleDataSource database = TestPostgres.database("secrets");
    KeyEncryptionKey key = KeyEncryptionKey.generate();
    return new TestSecrets(
        database, key, PostgresSecrets.open(database, key), new JdbcTemplate(database));
  }

  /** Another instance, or the same one after a restart. */
  PostgresSecrets another() {
    return PostgresSecrets.open(database, KeyEncryptionKey.parse(key.text(), "test"));
  }

  long count(String table) {
    return Objects.requireNonNull(
        jdbc.queryForObject("select count(*) from secrets." + table, Long.class));
  }

  static SecretSubject cluster() {
    return SecretSubject.cluster(new ClusterId(UUID.randomUUID()));
  }

  static SecretSubject principal() {
    return SecretSubject.principal(UUID.randomUUID().toString());
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
