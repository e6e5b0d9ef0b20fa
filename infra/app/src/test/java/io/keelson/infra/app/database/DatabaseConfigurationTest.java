package io.keelson.infra.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.keelson.infra.embedded.EmbeddedPostgres;
import io.keelson.infra.secrets.SecretsKeyFile;
import io.keelson.infra.testing.Promise;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The pool with the settings of {@code application.yaml} on a server that stops and starts again.
 */
@Timeout(300)
class DatabaseConfigurationTest {

  @TempDir static Path directory;

  private EmbeddedPostgres postgres;
  private ConfigurableApplicationContext context;
  private HikariDataSource pool;

  @BeforeEach
  void start() {
    postgres = EmbeddedPostgres.start(directory, 0);
    Path key = directory.resolve("secrets.key");
    SecretsKeyFile.readOrGenerate(key);
    context =
        new SpringApplicationBuilder(DatabaseConfiguration.class)
            .web(WebApplicationType.NONE)
            .run(
                "--keelson.data-dir=" + directory,
                "--spring.kafka.bootstrap-servers=127.0.0.1:1", // so that no embedded broker starts
                "--" + SecretsKeyFile.SETTING + "=" + key,
                "--spring.datasource.url=" + postgres.jdbcUrl(),
                "--spring.datasource.username=" + postgres.username(),
                "--spring.datasource.password=" + postgres.password());
    pool = context.getBean(HikariDataSource.class);
  }

  @AfterEach
  void stop() {
    context.close();
    postgres.stop();
  }

  @Test
  void bounds_every_statement_and_every_idle_transaction() {
    JdbcTemplate jdbc = new JdbcTemplate(pool);

    assertThat(jdbc.queryForObject("show statement_timeout", String.class)).isEqualTo("6s");
    assertThat(jdbc.queryForObject("show idle_in_transaction_session_timeout", String.class))
        .isEqualTo("10s");
    assertThat(jdbc.queryForObject("show application_name", String.class)).isEqualTo("keelson");
  }

  @Test
  void comes_after_the_migrations() {
    assertThat(
            new JdbcTemplate(pool)
                .queryForList("select schema_name from information_schema.schemata", String.class))
        .containsAll(Migrations.SCHEMAS);
  }

  @Test
  void fails_soon_while_the_server_is_stopped_and_recovers_when_it_returns()
      throws InterruptedException {
    JdbcTemplate jdbc = new JdbcTemplate(pool);
    jdbc.queryForObject("select 1", Integer.class);
    postgres.stop();

    Promise promise = Promise.within(Duration.ofSeconds(5));
    // A statement, not only a connection: the pool does not check a recently used connection.
    assertThatThrownBy(() -> jdbc.queryForObject("select 1", Integer.class))
        .isInstanceOf(DataAccessException.class);
    promise.kept("a statement failed while the server was gone");

    postgres = EmbeddedPostgres.start(directory, 0);
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(jdbc.queryForObject("select 1", Integer.class)).isEqualTo(1));
  }
}
