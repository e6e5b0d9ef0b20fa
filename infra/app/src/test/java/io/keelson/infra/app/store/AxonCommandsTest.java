package io.keelson.infra.app.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.Commands;
import io.keelson.commands.Commands.Receipt;
import io.keelson.commands.Commands.StoreUnavailable;
import io.keelson.commands.Id;
import io.keelson.commands.JointCommands;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.Origin;
import io.keelson.commands.ProjectId;
import io.keelson.commands.access.AccessCommand.IssueApiKey;
import io.keelson.commands.access.AccessCommand.OpenOrganization;
import io.keelson.commands.access.AccessKey;
import io.keelson.commands.access.PermissionSet;
import io.keelson.infra.eventstore.codec.EventCodec;
import io.keelson.infra.eventstore.store.PostgresEventStorageEngine;
import io.keelson.infra.eventstore.store.PostgresEventStore;
import io.keelson.infra.eventstore.tail.Tail;
import io.keelson.infra.testing.TestPostgres;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two instances on one database, each with a command bus and locks of its own. */
class AxonCommandsTest {

  private static final OrganizationId ORGANIZATION = new OrganizationId(Id.derived("test", "org"));
  private static final Origin ORIGIN = Origin.system("test", Origin.SYSTEM, "test");

  private final HikariDataSource database = new HikariDataSource();
  private final EventStoreConfiguration configuration = new EventStoreConfiguration();
  private Tail tail;
  private DataSourceTransactionManager transactions;
  private List<JointCommands> instances;

  @BeforeEach
  void start() {
    database.setDataSource(TestPostgres.database("eventstore"));
    database.setMaximumPoolSize(20);
    database.setConnectionTimeout(30_000);
    tail = Tail.follow(database, Clock.systemUTC());
    transactions = new DataSourceTransactionManager(database);
    instances = List.of(instance(), instance());
    instances.getFirst().send(open(), ORIGIN);
  }

  private JointCommands instance() {
    PostgresEventStorageEngine engine =
        new PostgresEventStorageEngine(database, new EventCodec(), new ClusterNames(), tail);
    return configuration.commands(
        configuration.commandBus(new SpringTransactionManager(transactions)),
        new PostgresEventStore(engine, tail, Clock.systemUTC()),
        100);
  }

  @AfterEach
  void stop() {
    tail.close();
    database.close();
  }

  private static OpenOrganization open() {
    return new OpenOrganization(ORGANIZATION, "default", new ProjectId(ORGANIZATION.value()));
  }

  private static IssueApiKey issue(int number, String hash) {
    return new IssueApiKey(
        ORGANIZATION,
        AccessKey.of("SCW%017d".formatted(number)),
        hash,
        "test",
        Set.of(PermissionSet.KubernetesReadOnly),
        null,
        null,
        "test");
  }

  @Test
  void a_lost_race_is_run_again_until_it_is_won() throws Exception {
    int each = 25;
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Callable<Receipt>> calls =
          IntStream.range(0, 8 * each)
              .<Callable<Receipt>>mapToObj(
                  i -> () -> instances.get(i % 2).send(issue(i, "hash" + i), ORIGIN))
              .toList();
      for (Future<Receipt> receipt : callers.invokeAll(calls)) {
        assertThat(receipt.get().events()).hasSize(1);
      }
    }
    List<@Nullable Long> versions =
        new JdbcTemplate(database)
            .queryForList(
                "select version from eventstore.event where stream = ? order by position",
                Long.class,
                ORGANIZATION.value());
    assertThat(versions).isEqualTo(LongStream.rangeClosed(0, 8L * each).boxed().toList());
  }

  @Test
  void changes_in_the_transaction_of_a_command_commit_or_roll_back_with_it() {
    JdbcTemplate sql = new JdbcTemplate(database);
    sql.execute("create table beside (note text primary key)");
    JointCommands commands = instances.getFirst();

    commands.send(
        issue(1, "aa"),
        ORIGIN,
        receipt -> {
          assertThat(receipt.version()).isEqualTo(1);
          assertThat(receipt.events()).hasSize(1);
          sql.update("insert into beside values ('first')");
        });
    assertThatThrownBy(
            () ->
                commands.send(
                    issue(2, "bb"), ORIGIN, _ -> sql.update("insert into beside values ('first')")))
        .isInstanceOf(DuplicateKeyException.class);
    assertThatThrownBy(
            () ->
                commands.send(
                    issue(1, "cc"), ORIGIN, _ -> sql.update("insert into beside values ('other')")))
        .isInstanceOf(CommandRejected.class);
    commands.send(
        issue(1, "aa"),
        ORIGIN,
        receipt -> {
          assertThat(receipt.events()).isEmpty();
          sql.update("insert into beside values ('repeat')");
        });

    assertThat(sql.queryForList("select note from beside order by note", String.class))
        .containsExactly("first", "repeat");
    assertThat(commands.send(issue(2, "bb"), ORIGIN).events()).as("was undone").hasSize(1);
  }

  @Test
  void the_receipt_says_what_was_appended_and_a_repeat_appends_nothing() {
    Commands commands = instances.getFirst();
    Receipt first = commands.send(issue(1, "aa"), ORIGIN);
    assertThat(first.version()).isEqualTo(1);
    assertThat(first.events()).hasSize(1);
    Receipt again = commands.send(issue(1, "aa"), ORIGIN);
    assertThat(again.version()).isEqualTo(1);
    assertThat(again.events()).isEmpty();
  }

  @Test
  void an_event_knows_who_is_behind_it() {
    String metadata =
        new JdbcTemplate(database)
            .queryForObject(
                "select convert_from(metadata, 'UTF8') from eventstore.event where stream = ?",
                String.class,
                ORGANIZATION.value());
    assertThat(metadata).contains("system:test").contains("/keelson/system").contains("cause_id");
  }

  @Test
  void a_refusal_spoils_no_transaction_that_the_caller_is_in() {
    Commands commands = instances.getFirst();
    commands.send(issue(1, "aa"), ORIGIN);
    JdbcTemplate sql = new JdbcTemplate(database);
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            _ -> {
              sql.update(
                  "insert into eventstore.name_reservation (key, holder) values ('kept', ?)",
                  ORGANIZATION.value());
              assertThatThrownBy(() -> commands.send(issue(1, "bb"), ORIGIN))
                  .isInstanceOfSatisfying(
                      CommandRejected.class,
                      e -> assertThat(e.reason()).isEqualTo(CommandRejected.Reason.INVALID));
            });
    assertThat(
            sql.queryForObject(
                "select count(*) from eventstore.name_reservation where key = 'kept'", Long.class))
        .isEqualTo(1);
  }

  @Test
  void a_command_survives_the_rollback_of_the_event_that_caused_it() {
    Commands commands = instances.getFirst();
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            status -> {
              commands.send(issue(5, "aa"), ORIGIN);
              status.setRollbackOnly(); // killed between the effect and its acknowledgement
            });
    assertThat(commands.send(issue(5, "aa"), ORIGIN).events()).isEmpty();
  }

  /**
   * During a rolling deployment the client retries and reaches an instance that knows the event.
   */
  @Test
  void a_stream_in_which_a_newer_program_wrote_is_left_to_newer_instances() {
    Commands commands = instances.getFirst();
    new JdbcTemplate(database)
        .update(
            """
            insert into eventstore.event
              (stream, stream_type, version, id, type, revision, cluster, recorded_at, payload,
               metadata)
            select stream, stream_type, 1, gen_random_uuid(), 'access.from-tomorrow', 1, cluster,
              recorded_at, payload, metadata
            from eventstore.event where stream = ?
            """,
            ORGANIZATION.value());

    assertThatThrownBy(() -> commands.send(issue(1, "aa"), ORIGIN))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("access.from-tomorrow")
        .hasMessageContaining("newer Keelson");
  }

  @Test
  void a_store_that_is_away_is_said_to_be_away() {
    Commands commands = instances.getFirst();
    database.close();
    assertThatThrownBy(() -> commands.send(issue(1, "aa"), ORIGIN))
        .isInstanceOf(StoreUnavailable.class);
  }
}
