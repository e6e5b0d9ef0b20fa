package io.keelson.projections.status;

import static io.keelson.projections.status.Examples.NEXT;
import static io.keelson.projections.status.Examples.ORGANIZATION;
import static io.keelson.projections.status.Examples.PROJECT;
import static io.keelson.projections.status.Examples.REGION;
import static io.keelson.projections.status.Examples.RULE;
import static io.keelson.projections.status.Examples.clusterSpec;
import static io.keelson.projections.status.Examples.instant;
import static io.keelson.projections.status.Examples.observed;
import static io.keelson.projections.status.Examples.poolDocument;
import static io.keelson.projections.status.Examples.poolSpec;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.UpgradePolicy;
import io.keelson.commands.cluster.ClusterEvent.AclChangeStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterDeletionStarted;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeFailed;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeFinished;
import io.keelson.commands.cluster.ClusterEvent.ClusterUpgradeStarted;
import io.keelson.commands.cluster.ClusterEvent.ControlPlaneUpgraded;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolCreationStarted;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFailed;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeFinished;
import io.keelson.commands.cluster.ClusterEvent.PoolUpgradeStarted;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.commands.cluster.ClusterType;
import io.keelson.commands.cluster.PoolSpec;
import io.keelson.commands.node.NodeEvent.NodeCordoned;
import io.keelson.commands.node.NodeEvent.NodeCreated;
import io.keelson.commands.node.NodeEvent.NodeDeleted;
import io.keelson.commands.node.NodeEvent.NodePhaseChanged;
import io.keelson.commands.node.NodeEvent.NodeRebootFinished;
import io.keelson.commands.node.NodeEvent.NodeRebootStarted;
import io.keelson.commands.operation.OperationEvent.ClusterRemovalRequested;
import io.keelson.commands.operation.OperationEvent.NodesChosen;
import io.keelson.commands.operation.OperationEvent.NodesPlanned;
import io.keelson.commands.operation.OperationEvent.OperationFinished;
import io.keelson.commands.operation.OperationEvent.OperationStarted;
import io.keelson.commands.operation.OperationEvent.RunAwaited;
import io.keelson.commands.operation.OperationEvent.StepStarted;
import io.keelson.commands.operation.OperationEvent.TargetConverged;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import io.keelson.commands.provisioning.ObservedNode.Phase;
import io.keelson.infra.testing.TestPostgres;
import io.keelson.projections.Processor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionStatus;

/** The projection under the processor that runs it in production, several segments at once. */
class StatusProcessorTest {

  private static final int CLUSTERS = 60;
  private static final int SEGMENTS = 4;
  private static final int DEATHS = 3;

  private final DataSource database = TestPostgres.database("readmodel");
  private final StatusTables tables = new StatusTables(database);
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicInteger deaths = new AtomicInteger();

  @Test
  void folds_the_same_rows_as_one_writer_although_some_batches_die_before_their_commit() {
    List<DomainEventMessage<?>> events = interleaved(new Random(7));
    DataSource reference = TestPostgres.database("readmodel");
    new Processor(new StatusProjection(new StatusTables(reference)), reference).deliver(events);
    InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
    engine.appendEvents(events);
    EmbeddedEventStore store = EmbeddedEventStore.builder().storageEngine(engine).build();

    try (ScheduledExecutorService coordinator = Executors.newScheduledThreadPool(1);
        ScheduledExecutorService workers = Executors.newScheduledThreadPool(SEGMENTS)) {
      PooledStreamingEventProcessor processor = processor(store, coordinator, workers);
      processor.start();
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(dump(database)).isEqualTo(dump(reference)));
      assertThat(processor.processingStatus()).hasSize(SEGMENTS);
      processor.shutDown();
    }

    assertThat(deaths).hasValue(DEATHS);
    assertThat(batches.get()).isLessThan(events.size());
  }

  private PooledStreamingEventProcessor processor(
      EmbeddedEventStore store,
      ScheduledExecutorService coordinator,
      ScheduledExecutorService workers) {
    return PooledStreamingEventProcessor.builder()
        .name("status")
        .eventHandlerInvoker(
            SimpleEventHandlerInvoker.builder()
                .eventHandlers(new StatusProjection(tables))
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                .sequencingPolicy(StatusProcessorTest::cluster)
                .build())
        .messageSource(store)
        .tokenStore(new InMemoryTokenStore())
        .transactionManager(sometimesDying())
        .coordinatorExecutor(coordinator)
        .workerExecutor(workers)
        .initialSegmentCount(SEGMENTS)
        .initialToken(source -> source.createTailToken())
        .batchSize(25)
        .build();
  }

  private static Object cluster(EventMessage<?> message) {
    return requireNonNull(((DomainEvent) message.getPayload()).cluster());
  }

  /** Every third batch, until it was enough: all is written, and then nothing is kept. */
  private TransactionManager sometimesDying() {
    DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
    return () -> {
      TransactionStatus status = transactions.getTransaction(null);
      return new Transaction() {
        @Override
        public void commit() {
          if (isBatch() && batches.incrementAndGet() % 3 == 0 && deaths.get() < DEATHS) {
            deaths.incrementAndGet();
            transactions.rollback(status);
            throw new IllegalStateException("killed before the commit");
          }
          transactions.commit(status);
        }

        @Override
        public void rollback() {
          if (!status.isCompleted()) {
            transactions.rollback(status);
          }
        }
      };
    };
  }

  private static boolean isBatch() {
    return CurrentUnitOfWork.ifStarted(_ -> {})
        && CurrentUnitOfWork.get() instanceof BatchingUnitOfWork<?>;
  }

  private static List<String> dump(DataSource source) {
    List<String> lines = new ArrayList<>();
    for (String table : List.of("cluster", "pool", "node", "operation")) {
      lines.addAll(
          new JdbcTemplate(source)
              .queryForList(
                  "select data::text from readmodel." + table + " order by id", String.class));
    }
    return lines;
  }

  /** The lives of many clusters, each in its order, shuffled into one another. */
  private static List<DomainEventMessage<?>> interleaved(Random random) {
    List<Deque<DomainEventMessage<?>>> lives = new ArrayList<>();
    for (int n = 0; n < CLUSTERS; n++) {
      lives.add(new ArrayDeque<>(life(n)));
    }
    List<DomainEventMessage<?>> all = new ArrayList<>();
    while (!lives.isEmpty()) {
      Deque<DomainEventMessage<?>> life = lives.get(random.nextInt(lives.size()));
      all.add(life.remove());
      lives.removeIf(Deque::isEmpty);
    }
    return all;
  }

  /** With its pool, one node of which boots again meanwhile and is then replaced. */
  private static List<DomainEvent> upgraded(ClusterId cluster, PoolId pool, NodeId node, int n) {
    OperationId upgrade = new OperationId(new UUID(8, n));
    OperationId roll = new OperationId(new UUID(9, n));
    OperationId reboot = new OperationId(new UUID(10, n));
    ClusterSpec spec = clusterSpec("c" + n, ClusterType.KAPSULE, "1.35.3");
    PoolSpec before = poolSpec("default");
    Target target = Target.pool(pool);
    return List.of(
        new ClusterUpgradeStarted(
            cluster,
            upgrade,
            REGION,
            2,
            spec,
            spec.at(NEXT),
            spec.version(),
            List.of(new Plan.PoolRun(pool, roll))),
        new AclChangeStarted(cluster, creation(n), 2, List.of(), List.of(RULE), List.of()),
        new NodeRebootStarted(node, cluster, pool, reboot, "boot-1"),
        new ControlPlaneUpgraded(cluster, upgrade, spec.version(), NEXT, List.of()),
        new PoolUpgradeStarted(
            cluster, pool, roll, upgrade, 2, "c" + n, before, before.at(NEXT), List.of()),
        new OperationStarted(
            roll,
            cluster,
            new Plan.UpgradePool(poolDocument(), spec.version(), UpgradePolicy.DEFAULT)),
        new StepStarted(roll, cluster, "pool"),
        new RunAwaited(roll, cluster, target, reboot),
        new NodesPlanned(roll, cluster, pool, List.of(node)),
        new NodesChosen(roll, cluster, pool, List.of(node)),
        new NodeRebootFinished(node, cluster, pool, reboot, "boot-2"),
        new NodeCordoned(node, cluster, pool, roll),
        new TargetConverged(roll, cluster, OperationKind.UPGRADE, target),
        new OperationFinished(roll, cluster, OperationKind.UPGRADE),
        n % 2 == 0
            ? new PoolUpgradeFinished(cluster, pool, roll, upgrade)
            : new PoolUpgradeFailed(cluster, pool, roll, upgrade, "not drained"),
        n % 2 == 0
            ? new ClusterUpgradeFinished(cluster, upgrade)
            : new ClusterUpgradeFailed(cluster, upgrade, "not drained"));
  }

  private static OperationId creation(int n) {
    return new OperationId(new UUID(6, n));
  }

  private static List<DomainEventMessage<?>> life(int n) {
    ClusterId cluster = new ClusterId(new UUID(3, n));
    PoolId pool = new PoolId(new UUID(4, n));
    NodeId node = new NodeId(new UUID(5, n));
    OperationId creation = creation(n);
    OperationId deletion = new OperationId(new UUID(7, n));
    List<DomainEvent> events = new ArrayList<>();
    events.add(
        new ClusterCreationStarted(
            cluster,
            creation,
            ORGANIZATION,
            PROJECT,
            REGION,
            clusterSpec("c" + n, ClusterType.KAPSULE, "1.35.3"),
            List.of()));
    events.add(
        new PoolCreationStarted(cluster, pool, creation, 1, "c" + n, poolSpec("default"), true));
    events.add(new ClusterCreationFinished(cluster, creation));
    events.add(new NodeCreated(node, cluster, pool, observed(node, "n" + n, Phase.CREATING)));
    events.add(
        new NodePhaseChanged(
            node,
            cluster,
            pool,
            observed(node, "n" + n, Phase.CREATING),
            observed(node, "n" + n, Phase.READY)));
    events.add(new PoolCreationFinished(cluster, pool, creation));
    if (n % 3 == 0) {
      events.addAll(upgraded(cluster, pool, node, n));
    }
    if (n % 2 == 0) {
      events.add(new ClusterDeletionStarted(cluster, deletion, false, List.of(pool), List.of()));
      events.add(
          new OperationStarted(
              deletion, cluster, new Plan.DeleteCluster(cluster, List.of(pool), false)));
      events.add(new StepStarted(deletion, cluster, "cluster"));
      events.add(new ClusterRemovalRequested(deletion, cluster, 1));
      events.add(new ClusterRemovalRequested(deletion, cluster, 2));
      events.add(new NodeDeleted(node, cluster, pool));
      events.add(new ClusterDeletionFinished(cluster, deletion, PROJECT, "c" + n));
      events.add(new OperationFinished(deletion, cluster, OperationKind.DELETE));
    }
    Map<String, String> metadata = Origin.system("test", Origin.TIMERS, "1").toMetadata();
    Map<Object, Long> versions = new HashMap<>();
    List<DomainEventMessage<?>> messages = new ArrayList<>();
    for (DomainEvent event : events) {
      long version = versions.merge(event.stream(), 0L, (before, _) -> before + 1);
      messages.add(Processor.message(event, version, instant(messages.size()), metadata));
    }
    return messages;
  }
}
