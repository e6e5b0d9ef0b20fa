package io.keelson.infra.secrets;

import static io.keelson.infra.secrets.TestSecrets.bytes;
import static io.keelson.infra.secrets.TestSecrets.cluster;
import static io.keelson.infra.secrets.TestSecrets.principal;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.secret.SecretUnreadable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Searches everything that the store leaves behind for the values and keys that it was given. */
class PlaintextScanTest {

  private static final String MARKER = "marker-5f2c81";

  private final TestSecrets store = TestSecrets.fresh();
  private final PostgresSecrets secrets = store.secrets();

  @Test
  void no_column_holds_a_value_or_its_plain_hash_or_the_key() throws Exception {
    fill();

    List<String> stored = everyStoredColumn();

    assertThat(stored).hasSizeGreaterThan(20);
    for (String plaintext : plaintexts()) {
      assertThat(stored).noneMatch(column -> column.contains(plaintext));
    }
  }

  @Test
  void no_log_line_or_exception_holds_a_value_or_the_key() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Level before = root.getLevel();
    lines.start();
    root.addAppender(lines);
    root.setLevel(Level.TRACE);
    String printed;
    try {
      printed = fill();
    } finally {
      root.setLevel(before);
      root.detachAppender(lines);
    }

    assertThat(lines.list).anyMatch(line -> line.getFormattedMessage().contains("secrets.secret"));
    for (String plaintext : plaintexts()) {
      assertThat(lines.list).noneMatch(line -> line.getFormattedMessage().contains(plaintext));
      assertThat(printed).doesNotContain(plaintext);
    }
  }

  /** Uses every method, and returns all that can be printed. */
  private String fill() {
    SecretSubject subject = cluster();
    SecretRef ref = secrets.keep(subject, bytes(MARKER));
    SecretRef address = secrets.keep(principal(), bytes(MARKER));
    SecretSubject erased = principal();
    secrets.keep(erased, bytes(MARKER));
    secrets.erase(erased);
    secrets.revealAll(List.of(ref, address));
    store
        .jdbc()
        .update("update secrets.secret set ciphertext = ciphertext || 'x' where id = ?", ref.id());
    Throwable unreadable = catchThrowable(() -> secrets.reveal(ref));
    assertThat(unreadable).isInstanceOf(SecretUnreadable.class);
    StringWriter printed = new StringWriter();
    unreadable.printStackTrace(new PrintWriter(printed));
    return printed + ref.toString() + address + store.key();
  }

  private List<String> everyStoredColumn() {
    List<String> columns = new ArrayList<>();
    List<String> tables =
        store
            .jdbc()
            .query(
                "select table_name from information_schema.tables where table_schema = 'secrets'",
                (row, _) -> row.getString("table_name"));
    assertThat(tables).contains("keyset", "secret", "key_check");
    for (String table : tables) {
      for (var row : store.jdbc().queryForList("select * from secrets." + table)) {
        row.values().forEach(value -> columns.add(text(value)));
      }
    }
    return columns;
  }

  private static String text(Object column) {
    return column instanceof byte[] raw ? new String(raw, ISO_8859_1) : String.valueOf(column);
  }

  /** The value and the key in the forms in which they could be found. */
  private List<String> plaintexts() throws Exception {
    List<String> forms = new ArrayList<>();
    byte[] key = Base64.getDecoder().decode(store.key().text());
    byte[] sha = MessageDigest.getInstance("SHA-256").digest(bytes(MARKER));
    byte[] md5 = MessageDigest.getInstance("MD5").digest(bytes(MARKER));
    for (byte[] secret : List.of(bytes(MARKER), key, sha, md5)) {
      forms.add(new String(secret, ISO_8859_1));
      forms.add(HexFormat.of().formatHex(secret));
      forms.add(Base64.getEncoder().withoutPadding().encodeToString(secret));
      forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }
    return forms;
  }
}
