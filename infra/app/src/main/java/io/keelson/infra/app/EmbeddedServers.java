package io.keelson.infra.app;

import io.keelson.infra.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Before anything else: takes the data directory, and starts the servers that are not configured.
 * From here on the rest of the program cannot tell whether its PostgreSQL is embedded.
 */
final class EmbeddedServers implements EnvironmentPostProcessor, Ordered {

  private final ConfigurableBootstrapContext bootstrap;

  EmbeddedServers(ConfigurableBootstrapContext bootstrap) {
    this.bootstrap = bootstrap;
  }

  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER + 1; // the configuration has been read
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    DataDirectory directory =
        DataDirectory.open(Path.of(environment.getRequiredProperty("keelson.data-dir")));
    bootstrap.addCloseListener(
        event ->
            event
                .getApplicationContext()
                .getBeanFactory()
                .registerSingleton("dataDirectory", directory));
    if (!environment.getProperty("spring.datasource.url", "").isEmpty()) {
      return;
    }
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
