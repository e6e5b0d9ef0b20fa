package io.keelson.infra.app.secret;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.keelson.commands.secret.Secrets;
import io.keelson.infra.secrets.KeyEncryptionKey;
import io.keelson.infra.secrets.PostgresSecrets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The secrets, with connections of their own. */
@Configuration(proxyBeanMethods = false)
class SecretsConfiguration {

  /**
   * A caller may hold a connection of the shared pool while it stores a secret, so one pool for
   * both could run out.
   */
  private static final int CONNECTIONS = 4;

  /** Connections of the secrets. A holder, since a second data source would replace the first. */
  record SecretsConnections(HikariDataSource dataSource) implements AutoCloseable {
    @Override
    public void close() {
      dataSource.close();
    }
  }

  @Bean
  SecretsConnections secretsConnections(HikariDataSource shared) {
    HikariConfig config = new HikariConfig();
    shared.copyStateTo(config);
    config.setPoolName("keelson-secrets");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    return new SecretsConnections(new HikariDataSource(config));
  }

  /**
   * Opens the secrets.
   *
   * @param key read before any bean is made, since a start without it must not start a server
   */
  @Bean
  Secrets secrets(SecretsConnections connections, KeyEncryptionKey key) {
    return PostgresSecrets.open(connections.dataSource(), key);
  }
}
