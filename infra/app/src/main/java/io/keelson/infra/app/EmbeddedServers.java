package io.keelson.infra.app;

import io.keelson.infra.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the servers that are not configured, before there is any bean. From here on the rest of
 * the program cannot tell whether its PostgreSQL is embedded.
 */
final class EmbeddedServers
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    DataDirectory directory =
        DataDirectory.open(Path.of(environment.getRequiredProperty("keelson.data-dir")));
    context.getBeanFactory().registerSingleton("dataDirectory", directory);
    if (environment.getProperty("spring.datasource.url", "").isEmpty()) {
      startPostgres(environment, directory);
    }
  }

  private static void startPostgres(ConfigurableEnvironment environment, DataDirectory directory) {
    int port = environment.getRequiredProperty("keelson.postgres.port", Integer.class);
    EmbeddedPostgres postgres = EmbeddedPostgres.start(directory.path(), port);
    // After the application context is closed: until then there are readers and writers.
    SpringApplication.getShutdownHandlers().add(postgres::stop);
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "embedded servers",
                Map.of(
                    "spring.datasource.url", postgres.jdbcUrl(),
                    "spring.datasource.username", postgres.username(),
                    "spring.datasource.password", postgres.password())));
    leaveWord(directory, postgres);
  }

  /** For whoever wants to join: {@code set -a; . data/servers.env}. */
  private static void leaveWord(DataDirectory directory, EmbeddedPostgres postgres) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("SPRING_DATASOURCE_URL", postgres.jdbcUrl());
    variables.put("SPRING_DATASOURCE_USERNAME", postgres.username());
    variables.put("SPRING_DATASOURCE_PASSWORD", postgres.password());
    new EnvFile(directory.path().resolve("servers.env")).write(variables);
  }
}
