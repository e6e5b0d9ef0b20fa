package io.keelson.infra.app.start;

import io.keelson.infra.app.directory.DataDirectory;
import io.keelson.infra.app.directory.EnvFile;
import io.keelson.infra.embedded.EmbeddedKafka;
import io.keelson.infra.embedded.EmbeddedPostgres;
import io.keelson.infra.embedded.StartRefused;
import io.keelson.infra.secrets.ConfiguredKey;
import io.keelson.infra.secrets.KeyEncryptionKey;
import io.keelson.infra.secrets.SecretsKeyFile;
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
    readSecretsKey(context, directory, postgres);
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

  private static boolean onlyServers(ConfigurableEnvironment environment) {
    return environment.acceptsProfiles(Profiles.of("servers"));
  }

  private static void refuseIfOnlyServersRequested(ConfigurableEnvironment environment) {
    if (onlyServers(environment)) {
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

  /**
   * Reads the key first, so that a start without a valid key starts no server. A key is made only
   * for the embedded PostgreSQL, and only if none is configured: other databases may hold secrets
   * under a key that is merely not set.
   */
  private void readSecretsKey(
      ConfigurableApplicationContext context, DataDirectory directory, boolean embedded) {
    ConfigurableEnvironment environment = context.getEnvironment();
    boolean configured =
        !isMissing(environment, SecretsKeyFile.SETTING)
            || !isMissing(environment, ConfiguredKey.VARIABLE);
    if (embedded && !configured) {
      Path file = directory.path().resolve("secrets.key").toAbsolutePath();
      variables.put("KEELSON_SECRETS_KEY_FILE", file.toString());
      register(context, SecretsKeyFile.readOrGenerate(file));
    } else if (!onlyServers(environment)) {
      register(
          context,
          ConfiguredKey.read(
              environment.getProperty(SecretsKeyFile.SETTING),
              environment.getProperty(ConfiguredKey.VARIABLE)));
    }
  }

  private static void register(ConfigurableApplicationContext context, KeyEncryptionKey key) {
    context.getBeanFactory().registerSingleton("keyEncryptionKey", key);
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
