package io.keelson.infra.secrets;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The SQL of {@code secrets.keyset} and {@code secrets.secret}. It never sees a plaintext. */
final class SecretsTable {

  private static final String KEYSET =
      "select id, subject, aead, mac from secrets.keyset where subject = ?";
  private static final String INSERT_KEYSET =
      """
      insert into secrets.keyset (id, subject, aead, mac) values (?, ?, ?, ?)
      on conflict (subject) do nothing\
      """;
  private static final String DELETE_KEYSET = "delete from secrets.keyset where subject = ?";
  private static final String INSERT_SECRET =
      """
      insert into secrets.secret (id, subject, keyset, ciphertext) values (?, ?, ?, ?)
      on conflict (id) do nothing\
      """;
  private static final String SECRETS =
      """
      select s.id as secret, s.subject as secret_subject, s.ciphertext,
        k.id, k.subject, k.aead, k.mac
      from secrets.secret s left join secrets.keyset k on k.id = s.keyset
      where s.id = any (?)\
      """;

  private final JdbcTemplate jdbc;

  SecretsTable(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Nullable Keyset keyset(String subject) {
    List<Keyset> found = jdbc.query(KEYSET, (row, _) -> keyset(row), subject);
    return found.isEmpty() ? null : found.getFirst();
  }

  /** Leaves the subject's keyset alone if there is one. */
  void insert(Keyset keyset) {
    jdbc.update(INSERT_KEYSET, keyset.id(), keyset.subject(), keyset.aead(), keyset.mac());
  }

  /** Deletes the subject's keyset; the foreign key takes it from the subject's secrets. */
  void deleteKeyset(String subject) {
    jdbc.update(DELETE_KEYSET, subject);
  }

  /**
   * Leaves a secret with this id alone if there is one.
   *
   * @return false: the keyset has been deleted, and nothing was inserted
   */
  boolean insert(UUID id, Keyset keyset, byte[] ciphertext) {
    try {
      jdbc.update(INSERT_SECRET, id, keyset.subject(), keyset.id(), ciphertext);
      return true;
    } catch (DataIntegrityViolationException e) {
      return false;
    }
  }

  Map<UUID, StoredSecret> secrets(Collection<UUID> ids) {
    Map<UUID, StoredSecret> found = new HashMap<>();
    jdbc.query(
        SECRETS,
        row -> {
          Keyset keyset = row.getObject("id") == null ? null : keyset(row);
          found.put(
              row.getObject("secret", UUID.class),
              new StoredSecret(
                  row.getString("secret_subject"), row.getBytes("ciphertext"), keyset));
        },
        (Object) ids.toArray(new UUID[0]));
    return found;
  }

  private static Keyset keyset(ResultSet row) throws SQLException {
    return new Keyset(
        row.getObject("id", UUID.class),
        row.getString("subject"),
        row.getBytes("aead"),
        row.getBytes("mac"));
  }
}
