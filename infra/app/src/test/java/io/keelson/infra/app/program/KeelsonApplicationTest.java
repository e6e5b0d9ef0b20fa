package io.keelson.infra.app.program;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.keelson.infra.app.directory.EnvFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Start, refused start, joining and stop of the program, as a person experiences them. */
@Timeout(600)
class KeelsonApplicationTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration AWAY = Duration.ofSeconds(5);

  @TempDir Path data;

  @BeforeAll
  static void letTheClientsBeQuiet() {
    ((Logger) LoggerFactory.getLogger("org.apache.kafka")).setLevel(Level.OFF);
  }

  @Test
  void starts_only_the_servers_lets_others_join_and_takes_them_down_again() throws Exception {
    Map<String, String> variables;
    try (ProgramRun run = ProgramRun.servers(data, 0)) {
      awaitReady(run);
      variables = new EnvFile(data.resolve("servers.env")).read();
      connect(variables);
      assertThat(topics(variables)).isEmpty();

      try (ProgramRun second = ProgramRun.servers(data, 0)) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output())
            .singleElement()
            .asString()
            .contains("in use by another Keelson", "KEELSON_DATA_DIR");
      }

      run.stopInTime();
    }
    assertThatThrownBy(() -> connect(variables)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> topics(variables, AWAY)).hasCauseInstanceOf(TimeoutException.class);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("servers.env"))))
        .isEqualTo("rw-------");
    assertThat(Files.readString(data.resolve("keelson.log")))
        .doesNotContain(variables.get("SPRING_DATASOURCE_PASSWORD"));
  }

  @Test
  void says_in_one_line_that_the_port_is_taken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ProgramRun run = ProgramRun.servers(data, taken.getLocalPort())) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.output())
          .singleElement()
          .asString()
          .contains(Integer.toString(taken.getLocalPort()), "KEELSON_POSTGRES_PORT");
    }
  }

  @Test
  void says_in_one_line_that_the_port_of_kafka_is_taken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ProgramRun run =
            begin(Map.of("KEELSON_KAFKA_PORT", Integer.toString(taken.getLocalPort())))) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.output())
          .singleElement()
          .asString()
          .contains(Integer.toString(taken.getLocalPort()), "KEELSON_KAFKA_PORT");
    }
  }

  @Test
  void says_in_one_line_that_there_is_no_server_to_start() throws Exception {
    try (ProgramRun run =
        begin(
            Map.of(
                "SPRING_DATASOURCE_URL", "jdbc:postgresql://db.example.com/keelson",
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", "kafka.example.com:9092"))) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.output())
          .singleElement()
          .asString()
          .contains("SPRING_DATASOURCE_URL", "SPRING_KAFKA_BOOTSTRAP_SERVERS");
    }
  }

  @Test
  void starts_the_one_that_is_not_configured() throws Exception {
    try (ProgramRun run =
        begin(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://db.example.com/keelson"))) {
      awaitReady(run);

      Map<String, String> variables = new EnvFile(data.resolve("servers.env")).read();
      assertThat(variables).containsOnlyKeys("SPRING_KAFKA_BOOTSTRAP_SERVERS");
      assertThat(topics(variables)).isEmpty();
    }
  }

  @Test
  void finds_topics_and_records_again_after_a_kill() throws Exception {
    try (ProgramRun run = ProgramRun.servers(data, 0)) {
      awaitReady(run);
      Map<String, String> variables = new EnvFile(data.resolve("servers.env")).read();
      append(variables, "kept");
      run.kill();
    }
    try (ProgramRun run = ProgramRun.servers(data, 0)) {
      awaitReady(run);
      Map<String, String> variables = new EnvFile(data.resolve("servers.env")).read();

      assertThat(topics(variables)).containsExactly("kept");
      assertThat(appended(variables, "kept")).isEqualTo(1);
    }
  }

  private ProgramRun begin(Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("SPRING_PROFILES_ACTIVE", "servers");
    environment.put("KEELSON_DATA_DIR", data.toString());
    environment.put("KEELSON_POSTGRES_PORT", "0");
    return ProgramRun.begin(environment);
  }

  private static Set<String> topics(Map<String, String> variables) throws Exception {
    return topics(variables, TIMEOUT);
  }

  private static Set<String> topics(Map<String, String> variables, Duration atMost)
      throws Exception {
    try (Admin admin = admin(variables, atMost)) {
      return admin.listTopics().names().get();
    }
  }

  private static void append(Map<String, String> variables, String topic) throws Exception {
    try (Admin admin = admin(variables, TIMEOUT);
        var producer =
            new KafkaProducer<>(
                client(variables), new StringSerializer(), new StringSerializer())) {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
          .all()
          .get(60, SECONDS);
      producer.send(new ProducerRecord<>(topic, "value")).get(60, SECONDS);
    }
  }

  private static long appended(Map<String, String> variables, String topic) throws Exception {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (Admin admin = admin(variables, TIMEOUT)) {
      return admin
          .listOffsets(Map.of(partition, OffsetSpec.latest()))
          .partitionResult(partition)
          .get(60, SECONDS)
          .offset();
    }
  }

  private static Admin admin(Map<String, String> variables, Duration atMost) {
    Map<String, Object> settings = new HashMap<>(client(variables));
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) atMost.toMillis());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) atMost.toMillis());
    return Admin.create(settings);
  }

  private static Map<String, Object> client(Map<String, String> variables) {
    return Map.of(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        variables.getOrDefault("SPRING_KAFKA_BOOTSTRAP_SERVERS", ""));
  }

  private static void awaitReady(ProgramRun run) {
    run.once("The embedded servers are ready in", Duration.ofMinutes(3));
  }

  private static void connect(Map<String, String> variables) throws SQLException {
    DriverManager.getConnection(
            variables.getOrDefault("SPRING_DATASOURCE_URL", ""),
            variables.getOrDefault("SPRING_DATASOURCE_USERNAME", ""),
            variables.getOrDefault("SPRING_DATASOURCE_PASSWORD", ""))
        .close();
  }
}
