package io.keelson.infra.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.access.AccessEvent;
import io.keelson.commands.access.CallEvent;
import io.keelson.commands.access.CallEvent.CallRefused;
import io.keelson.commands.access.CallEvent.SecretRead;
import io.keelson.commands.cluster.ClusterEvent;
import io.keelson.commands.cluster.ClusterLifeEvent.ClusterCreationStarted;
import io.keelson.commands.log.EventLog;
import io.keelson.commands.log.LogEntry;
import io.keelson.commands.node.NodeEvent;
import io.keelson.commands.operation.OperationEvent;
import io.keelson.commands.operation.RequestEvent;
import io.keelson.commands.operation.RunEvent;
import io.keelson.commands.pool.PoolEvent;
import io.keelson.commands.release.ReleaseEvent;
import io.keelson.commands.upgrade.RollEvent;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.codec.EventType;
import io.keelson.infra.eventstore.codec.EventTypes;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.log.LogProjection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A row of the log is built from the JSON of an event and contains the values of its class. */
class LoggedEventsTest {

  private static final Path GOLDEN = Path.of("../eventstore/src/test/resources/golden");
  private static final EventCodec CODEC = new EventCodec();
  private static final DataSource DATABASE = TestPostgres.database("readmodel");
  private static final LogProjection PROJECTION =
      new LogProjection(DATABASE, new JdbcTransactionManager(DATABASE), new Unasked());
  private static final UUID EVERYBODY = new UUID(0, 0);

  private static long positions;

  /** All golden cluster events have the same cluster; this event names its owner. */
  @BeforeAll
  static void creation() throws IOException {
    project("cluster.creation-started-1.json");
  }

  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void every_type_has_a_golden_event() throws IOException {
    assertThat(files().stream().map(LoggedEventsTest::type).distinct())
        .containsExactlyInAnyOrderElementsOf(EventTypes.all());
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_row_says_of_an_event_what_its_class_says(String file) throws IOException {
    EventType type = type(file);
    DomainEvent event = project(file);

    Map<String, @Nullable Object> row =
        new JdbcTemplate(DATABASE)
            .queryForMap("select * from readmodel.log where position = ?", positions);
    ClusterId cluster = event.cluster();
    OperationId operation = event.operationId();
    assertThat(row)
        .containsEntry("type", type.name())
        .containsEntry("open", type.open())
        .containsEntry("stream", event.stream().value())
        .containsEntry("cluster", cluster == null ? null : cluster.value())
        .containsEntry("operation", operation == null ? null : operation.value())
        .containsEntry("node", node(event))
        .containsEntry("organization", organization(event));
  }

  private static @Nullable UUID node(DomainEvent event) {
    NodeId node =
        switch (event) {
          case NodeEvent e -> e.nodeId();
          case PoolEvent.NodeReplacementStarted e -> e.node();
          case PoolEvent.NodeReplacementFinished e -> e.node();
          case PoolEvent.NodeReplacementFailed e -> e.node();
          case RequestEvent.NodeRebootRequested e -> e.node();
          case RollEvent.NodeReplaced e -> e.node();
          case RunEvent.OperationStarted e -> e.plan().node();
          default -> null;
        };
    return node == null ? null : node.value();
  }

  /** The test passes all entries itself, so there is nothing to read. */
  private static final class Unasked implements EventLog {

    @Override
    public List<LogEntry> after(long position, int limit) {
      throw new AssertionError("nothing is missing after " + position);
    }

    @Override
    public List<LogEntry> at(Collection<Long> places) {
      throw new AssertionError("nobody reads " + places);
    }

    @Override
    public long head() {
      return positions;
    }

    @Override
    public AutoCloseable watch(Runnable hint) {
      throw new AssertionError("nobody watches");
    }
  }

  private static EventType type(String file) {
    return EventTypes.named(file.substring(0, file.indexOf("-1"))).orElseThrow();
  }

  private static DomainEvent project(String file) throws IOException {
    EventType type = type(file);
    byte[] data = Files.readAllBytes(GOLDEN.resolve(file));
    DomainEvent event = CODEC.decode(type.name(), type.revision(), data);
    PROJECTION.handle(
        List.of(
            new LogEntry(
                ++positions,
                UUID.nameUUIDFromBytes((file + positions).getBytes(StandardCharsets.UTF_8)),
                type.name(),
                type.revision(),
                type.open(),
                event.stream().value(),
                streamType(event),
                positions,
                event.cluster(),
                Instant.EPOCH,
                Instant.EPOCH,
                data,
                Map.of())));
    return event;
  }

  private static String streamType(DomainEvent event) {
    return switch (event) {
      case ClusterEvent _ -> "cluster";
      case NodeEvent _ -> "node";
      case OperationEvent _ -> "operation";
      case ReleaseEvent _ -> "release";
      case AccessEvent _ -> "access";
      case CallEvent _ -> "call";
      default -> throw new IllegalArgumentException("a new subject: " + event.getClass());
    };
  }

  private static @Nullable UUID organization(DomainEvent event) throws IOException {
    return switch (event) {
      case AccessEvent e -> e.organization().value();
      case CallRefused e -> e.organization().value();
      case SecretRead e -> e.organization().value();
      case ReleaseEvent _ -> EVERYBODY;
      default ->
          ((ClusterCreationStarted)
                  CODEC.decode(
                      "cluster.creation-started",
                      1,
                      Files.readAllBytes(GOLDEN.resolve("cluster.creation-started-1.json"))))
              .organization()
              .value();
    };
  }
}
