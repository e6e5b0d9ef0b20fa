package io.keelson.infra.app.start;

import io.keelson.infra.app.directory.DataDirectory;
import io.keelson.infra.app.directory.EnvFile;
import io.keelson.infra.embedded.EmbeddedKafka;
import io.keelson.infra.embedded.EmbeddedPostgres;
import io.keelson.infra.embedded.StartRefused;
import java.nio.file.Path;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * Starts the servers that are not configured, before any bean exists. The other parts of the
 * program do not know whether PostgreSQL or Kafka is embedded. When this returns, PostgreSQL is
 * ready. Of Kafka only the address is known, since no request needs Kafka.
 */
final class EmbeddedServers
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  static final String DATABASE = "spring.datasource.url";
  static final String KAFKA = "spring.kafka.bootstrap-servers";

  /** In the order of stopping: the server that started last stops first. */
  private final Deque<Runnable> stops = new ConcurrentLinkedDeque<>();

  private final Map<String, Object> properties = new LinkedHashMap<>();

  /** What another instance needs to join: {@code set -a; . data/servers.env}. */
  private final Map<String, String> variables = new LinkedHashMap<>();

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    DataDirectory directory =
        DataDirectory.open(Path.of(environment.getRequiredProperty("keelson.data-dir")));
    context.getBeanFactory().registerSingleton("dataDirectory", directory);
    boolean postgres = isMissing(environment, DATABASE);
    boolean kafka = isMissing(environment, KAFKA);
    if (!postgres && !kafka) {
      refuseIfOnlyServersRequested(environment);
      return;
    }
    // These handlers run after the context is closed, when nothing uses the servers any more.
    SpringApplication.getShutdownHandlers().add(() -> stops.forEach(Runnable::run));
    if (postgres) {
      startPostgres(environment, directory);
    }
    if (kafka) {
      startKafka(context, directory);
    }
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("embedded servers", properties));
    new EnvFile(directory.path().resolve("servers.env")).write(variables);
  }

  private static boolean isMissing(ConfigurableEnvironment environment, String property) {
    return environment.getProperty(property, "").isEmpty();
  }

  private static void refuseIfOnlyServersRequested(ConfigurableEnvironment environment) {
    if (environment.acceptsProfiles(Profiles.of("servers"))) {
      throw new StartRefused(
          "the profile servers has nothing to start, since SPRING_DATASOURCE_URL and"
              + " SPRING_KAFKA_BOOTSTRAP_SERVERS are both set: unset one of them, or leave out the"
              + " profile");
    }
  }

  private void startPostgres(ConfigurableEnvironment environment, DataDirectory directory) {
    int port = environment.getRequiredProperty("keelson.postgres.port", Integer.class);
    EmbeddedPostgres postgres = EmbeddedPostgres.start(directory.path(), port);
    stops.addFirst(postgres::stop);
    properties.put(DATABASE, postgres.jdbcUrl());
    properties.put("spring.datasource.username", postgres.username());
    properties.put("spring.datasource.password", postgres.password());
    variables.put("SPRING_DATASOURCE_URL", postgres.jdbcUrl());
    variables.put("SPRING_DATASOURCE_USERNAME", postgres.username());
    variables.put("SPRING_DATASOURCE_PASSWORD", postgres.password());
  }

  private void startKafka(ConfigurableApplicationContext context, DataDirectory directory) {
    int port = context.getEnvironment().getRequiredProperty("keelson.kafka.port", Integer.class);
    EmbeddedKafka kafka = EmbeddedKafka.start(directory.path(), port);
    stops.addFirst(kafka::stop);
    context.getBeanFactory().registerSingleton("embeddedKafka", kafka);
    properties.put(KAFKA, kafka.bootstrapServers());
    variables.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
  }
}
