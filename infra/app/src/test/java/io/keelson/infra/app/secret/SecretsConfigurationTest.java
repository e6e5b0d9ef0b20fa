package io.keelson.infra.app.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.secret.Secrets;
import io.keelson.infra.app.secret.SecretsConfiguration.SecretsConnections;
import io.keelson.infra.secrets.KeyEncryptionKey;
import io.keelson.infra.testing.TestPostgres;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class SecretsConfigurationTest {

  private static final DataSource DATABASE = TestPostgres.database("secrets");

  private static HikariDataSource sharedPool() {
    HikariDataSource pool = new HikariDataSource();
    pool.setPoolName("keelson");
    pool.setDataSource(DATABASE);
    pool.setMaximumPoolSize(1);
    pool.setConnectionTimeout(1000);
    pool.setConnectionInitSql("set statement_timeout = '6s'");
    return pool;
  }

  private static AnnotationConfigApplicationContext context() {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean("dataSource", HikariDataSource.class, () -> sharedPool());
    context.registerBean(KeyEncryptionKey.class, KeyEncryptionKey::generate);
    context.register(SecretsConfiguration.class);
    context.refresh();
    return context;
  }

  @Test
  void secrets_have_connections_of_their_own_which_end_with_the_program() throws Exception {
    HikariDataSource own;
    try (AnnotationConfigApplicationContext context = context()) {
      own = context.getBean(SecretsConnections.class).dataSource();
      HikariDataSource shared = context.getBean(HikariDataSource.class);
      assertThat(own.getPoolName()).isEqualTo("keelson-secrets");
      assertThat(own.getConnectionInitSql()).isEqualTo(shared.getConnectionInitSql());
      assertThat(shared.getMaximumPoolSize()).isEqualTo(1);

      Secrets secrets = context.getBean(Secrets.class);
      byte[] value = "value".getBytes(UTF_8);
      try (Connection _ = shared.getConnection()) {
        assertThat(secrets.reveal(secrets.keep(SecretSubject.principal("someone"), value)))
            .as("although the shared pool is exhausted")
            .isEqualTo(value);
      }
      assertThat(context.getBeansOfType(DataSource.class)).containsOnlyKeys("dataSource");
    }
    assertThat(own.isClosed()).isTrue();
  }
}
