package io.keelson.adapters.rest;

import static io.keelson.commands.operation.OperationKind.SET_TYPE;
import static io.keelson.commands.operation.OperationKind.UPDATE;
import static io.keelson.commands.operation.OperationKind.UPGRADE;

import io.keelson.commands.AclRule;
import io.keelson.commands.AclRuleId;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.CommandRejected.Reason;
import io.keelson.commands.Commands;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodeId;
import io.keelson.commands.NodePhase;
import io.keelson.commands.OperationId;
import io.keelson.commands.Origin;
import io.keelson.commands.PoolId;
import io.keelson.commands.access.CallCommand;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterCommand.AddAclRules;
import io.keelson.commands.cluster.ClusterCommand.CreateCluster;
import io.keelson.commands.cluster.ClusterCommand.DeleteAclRule;
import io.keelson.commands.cluster.ClusterCommand.DeleteCluster;
import io.keelson.commands.cluster.ClusterCommand.SetAclRules;
import io.keelson.commands.cluster.ClusterCommand.SetClusterType;
import io.keelson.commands.cluster.ClusterCommand.StartClusterAction;
import io.keelson.commands.cluster.ClusterCommand.UpdateCluster;
import io.keelson.commands.cluster.ClusterCommand.UpgradeCluster;
import io.keelson.commands.cluster.ControlPlaneEvent.ClusterUpdateFinished;
import io.keelson.commands.node.NodeCommand.RebootNode;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.ProgressReports;
import io.keelson.commands.operation.RequestProgress;
import io.keelson.commands.operation.Target;
import io.keelson.commands.pool.PoolCommand;
import io.keelson.commands.pool.PoolCommand.CreatePool;
import io.keelson.commands.pool.PoolCommand.DeletePool;
import io.keelson.commands.pool.PoolCommand.RemoveNode;
import io.keelson.commands.pool.PoolCommand.ReplaceNode;
import io.keelson.commands.pool.PoolCommand.UpdatePool;
import io.keelson.commands.pool.PoolCommand.UpgradePool;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.commands.spec.Pool;
import io.keelson.commands.spec.PoolChange;
import io.keelson.commands.spec.PoolSpec;
import io.keelson.projections.Page;
import io.keelson.projections.Scope;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.NodeLife;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.OperationStatus;
import io.keelson.projections.status.PoolStatus;
import io.keelson.projections.status.Statuses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A small world in memory behind the edge: it takes the commands that the edge sends, and shows
 * what came of them. Faults are set by the tests.
 */
public final class World implements Commands, Statuses, ProgressReports {
  public final Map<ClusterId, ClusterStatus> clusters = new LinkedHashMap<>();
  public final Map<PoolId, PoolStatus> pools = new LinkedHashMap<>();
  public final Map<NodeId, NodeStatus> nodes = new LinkedHashMap<>();
  public final Map<OperationId, OperationStatus> operations = new LinkedHashMap<>();

  /** Nodes with what was done to them. */
  public final Map<NodeId, NodeLife> lives = new LinkedHashMap<>();

  /** The levels of open requests. */
  public final Map<OperationId, Map<Target, RequestProgress>> levels = new LinkedHashMap<>();

  public final List<Command> sent = new ArrayList<>();
  public final List<Origin> origins = new ArrayList<>();

  /** Thrown instead of taking a command. */
  public @Nullable RuntimeException refusal;

  /** Thrown instead of showing anything. */
  public @Nullable RuntimeException blindness;

  /** Whether rows never show what was written. */
  public boolean stale;

  /** Whether only the rows of nodes do not show the requested change. */
  public boolean tardy;

  /** The outcome of a requested token reset; null: it does not end. */
  public OperationStatus.@Nullable State replacement = OperationStatus.State.FINISHED;

  /** Whether nothing follows from a command, as where the same is under way already. */
  public boolean deaf;

  private final Set<OperationId> asked = new HashSet<>();
  private final Map<Id, CreateCluster> created = new LinkedHashMap<>();
  private final Map<Id, CreatePool> added = new LinkedHashMap<>();
  private final Clock clock;

  World(Clock clock) {
    this.clock = clock;
  }

  public synchronized void reset() {
    clusters.clear();
    pools.clear();
    nodes.clear();
    operations.clear();
    levels.clear();
    lives.clear();
    sent.clear();
    origins.clear();
    asked.clear();
    deaf = false;
    replacement = OperationStatus.State.FINISHED;
    created.clear();
    added.clear();
    refusal = null;
    blindness = null;
    stale = false;
    tardy = false;
  }

  public synchronized List<CallCommand> audited() {
    return sent.stream()
        .filter(CallCommand.class::isInstance)
        .map(CallCommand.class::cast)
        .toList();
  }

  /** The number of commands of that kind, repetitions included. */
  public synchronized <C extends Command> List<C> sent(Class<C> kind) {
    return sent.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public synchronized Receipt send(Command command, Origin origin) {
    if (refusal != null) {
      throw refusal;
    }
    sent.add(command);
    origins.add(origin);
    if (command instanceof SetClusterType same && isOfType(same)) {
      return new Receipt(command.stream(), 0, List.of());
    }
    if (!stale && command instanceof ClusterCommand change) {
      apply(change);
    }
    if (!stale && command instanceof RebootNode boot) {
      bring(boot.nodeId(), NodePhase.REBOOTING);
    }
    return new Receipt(command.stream(), 0, news(command));
  }

  /** An event that the edge needs only as a sign of a change; its content is never read. */
  private List<DomainEvent> news(Command command) {
    if (deaf) {
      return List.of();
    }
    OperationId operation =
        switch (command) {
          case UpdateCluster c -> c.operation();
          case SetClusterType c -> c.operation();
          case UpgradeCluster c -> c.operation();
          case AddAclRules c -> c.operation();
          case StartClusterAction c -> c.operation();
          default -> null;
        };
    return operation != null && asked.add(operation) && command instanceof ClusterCommand c
        ? List.of(new ClusterUpdateFinished(c.clusterId(), operation))
        : List.of();
  }

  private void apply(ClusterCommand command) {
    switch (command) {
      case CreateCluster c -> create(c);
      case ClusterCommand.OfPool c -> applyToPool((PoolCommand) c);
      case UpdateCluster c ->
          work(c.clusterId(), UPDATE, c.operation(), spec -> spec.with(c.change()));
      case SetClusterType c ->
          work(c.clusterId(), SET_TYPE, c.operation(), spec -> spec.of(c.type()));
      case UpgradeCluster c ->
          work(c.clusterId(), UPGRADE, c.operation(), spec -> spec.at(c.target()));
      case SetAclRules c -> rule(c.clusterId(), _ -> c.rules());
      case AddAclRules c ->
          rule(
              c.clusterId(),
              rules ->
                  asked.contains(c.operation())
                      ? rules
                      : Stream.concat(rules.stream(), c.rules().stream()).toList());
      case DeleteAclRule c ->
          rule(
              c.clusterId(),
              rules -> rules.stream().filter(r -> !r.id().equals(c.rule())).toList());
      case StartClusterAction c -> {
        if (replacement != null) {
          OperationStatus run =
              Rows.replacement(c.clusterId(), c.operation(), replacement, clock.instant());
          operations.putIfAbsent(run.id(), run);
        }
      }
      case DeleteCluster c ->
          clusters.computeIfPresent(
              c.clusterId(), (id, row) -> Rows.in(ClusterStatus.Phase.DELETING, row));
      default -> throw new IllegalStateException("no command of a caller: " + command);
    }
  }

  private void applyToPool(PoolCommand command) {
    switch (command) {
      case CreatePool c -> create(c);
      case UpdatePool c -> change(c.pool(), spec -> spec.with(c.change()));
      case UpgradePool c ->
          pools.computeIfPresent(
              c.pool(),
              (_, row) ->
                  row.desired(
                      row.spec().at(c.target()), PoolStatus.Phase.UPGRADING, clock.instant()));
      case RemoveNode c -> {
        change(c.pool(), spec -> spec.with(PoolChange.ofSize(spec.size() - 1)));
        bring(c.node(), NodePhase.DELETING);
      }
      case ReplaceNode c -> bring(c.node(), NodePhase.DELETING);
      case DeletePool c ->
          pools.computeIfPresent(
              c.pool(), (_, row) -> Rows.in(PoolStatus.Phase.DELETING, row.message(), row));
      default -> throw new IllegalStateException("no command of a caller: " + command);
    }
  }

  private void create(CreateCluster c) {
    CreateCluster before = created.putIfAbsent(c.clusterId(), c);
    if (before != null) {
      if (!before.equals(c)) {
        throw new CommandRejected(Reason.KEY_REUSED, "other request");
      }
      return;
    }
    if (clusters.values().stream()
        .anyMatch(
            row ->
                row.project().equals(c.project()) && row.spec().name().equals(c.spec().name()))) {
      created.remove(c.clusterId());
      throw new CommandRejected(Reason.NAME_TAKEN, "taken", "name");
    }
    clusters.put(c.clusterId(), Rows.created(c, clock.instant()));
    c.pools()
        .forEach(
            pool ->
                pools.put(
                    pool.id(),
                    Rows.pool(c.clusterId(), c.region(), pool, c.operation(), clock.instant())));
  }

  private void create(CreatePool c) {
    CreatePool before = added.putIfAbsent(c.pool(), c);
    if (before != null) {
      if (!before.equals(c)) {
        throw new CommandRejected(Reason.KEY_REUSED, "other request");
      }
      return;
    }
    if (pools.values().stream()
        .anyMatch(
            row ->
                row.cluster().equals(c.clusterId()) && row.spec().name().equals(c.spec().name()))) {
      added.remove(c.pool());
      throw new CommandRejected(Reason.NAME_TAKEN, "taken", "name");
    }
    String region = Objects.requireNonNull(clusters.get(c.clusterId())).region();
    Pool pool = new Pool(c.pool(), c.spec());
    pools.put(c.pool(), Rows.pool(c.clusterId(), region, pool, c.operation(), clock.instant()));
  }

  /** One operation at a time; a repeated command has no effect. */
  private void work(
      ClusterId id, OperationKind kind, OperationId operation, UnaryOperator<ClusterSpec> change) {
    ClusterStatus row = Objects.requireNonNull(clusters.get(id));
    if (asked.contains(operation)) {
      return;
    }
    if (row.phase() == ClusterStatus.Phase.UPDATING) {
      throw new CommandRejected(Reason.BUSY, "is being updated", "cluster_id");
    }
    OperationStatus.State running = OperationStatus.State.RUNNING;
    operations.putIfAbsent(operation, Rows.run(id, operation, kind, running, clock.instant()));
    clusters.put(
        id, row.desired(change.apply(row.spec()), ClusterStatus.Phase.UPDATING, clock.instant()));
  }

  /** And is not at work on anything: nothing has to change then. */
  private boolean isOfType(SetClusterType command) {
    ClusterStatus row = clusters.get(command.clusterId());
    return row != null
        && row.spec().type() == command.type()
        && row.phase() != ClusterStatus.Phase.UPDATING;
  }

  private void rule(ClusterId id, UnaryOperator<List<AclRule>> change) {
    clusters.computeIfPresent(id, (_, row) -> Rows.with(change.apply(row.acl()), row));
  }

  private void change(PoolId id, UnaryOperator<PoolSpec> change) {
    pools.computeIfPresent(
        id, (_, row) -> Rows.with(change.apply(row.spec()), row, clock.instant()));
  }

  private void bring(NodeId id, NodePhase phase) {
    if (!tardy) {
      nodes.computeIfPresent(id, (_, row) -> row.requested(phase, clock.instant()));
    }
  }

  @Override
  public boolean await(Id stream, long version, Duration atMost) {
    look();
    return !stale;
  }

  @Override
  public synchronized Optional<ClusterStatus> cluster(Scope scope, String region, ClusterId id) {
    look();
    return Optional.ofNullable(clusters.get(id)).filter(visible(scope, region));
  }

  @Override
  public synchronized Optional<ClusterStatus> clusterOfAclRule(
      Scope scope, String region, AclRuleId rule) {
    look();
    return clusters.values().stream()
        .filter(visible(scope, region))
        .filter(c -> c.acl().stream().anyMatch(r -> r.id().equals(rule)))
        .findFirst();
  }

  @Override
  public synchronized Optional<PoolStatus> pool(Scope scope, String region, PoolId id) {
    look();
    return Optional.ofNullable(pools.get(id))
        .filter(pool -> cluster(scope, region, pool.cluster()).isPresent());
  }

  @Override
  public synchronized Optional<NodeStatus> node(Scope scope, String region, NodeId id) {
    look();
    return Optional.ofNullable(nodes.get(id))
        .filter(node -> cluster(scope, region, node.cluster()).isPresent());
  }

  @Override
  public synchronized Optional<OperationStatus> operation(Scope scope, OperationId id) {
    look();
    return Optional.ofNullable(operations.get(id)).filter(o -> isVisible(scope, o));
  }

  @Override
  public synchronized Page<ClusterStatus> clusters(
      Scope scope, String region, ClusterFilter filter, Order order, Page.Request page) {
    look();
    UUID network = filter.privateNetwork();
    Predicate<ClusterStatus> wanted =
        visible(scope, region)
            .and(c -> filter.project() == null || c.project().equals(filter.project()))
            .and(c -> contains(c.spec().name(), filter.name()))
            .and(c -> filter.phase() == null || c.phase() == filter.phase())
            .and(c -> filter.type() == null || c.spec().type().toString().equals(filter.type()))
            .and(c -> network == null || network.equals(c.spec().network().privateNetworkId()))
            .and(
                c ->
                    filter.versionPrefix() == null
                        || c.spec().version().toString().startsWith(filter.versionPrefix()));
    Comparator<ClusterStatus> byName = Comparator.comparing(c -> c.spec().name());
    return page(
        clusters.values(),
        wanted,
        order == Order.NAME_DESC ? byName.reversed() : order == Order.NAME_ASC ? byName : null,
        page);
  }

  @Override
  public synchronized Page<PoolStatus> pools(
      ClusterId cluster, PoolFilter filter, Order order, Page.Request page) {
    look();
    return page(
        pools.values(),
        p ->
            p.cluster().equals(cluster)
                && contains(p.spec().name(), filter.name())
                && (filter.phase() == null || p.phase() == filter.phase()),
        ordered(
            order,
            PoolStatus::createdAt,
            PoolStatus::updatedAt,
            p -> p.spec().name(),
            PoolStatus::phase,
            p -> p.spec().version()),
        page);
  }

  @Override
  public synchronized Page<NodeStatus> nodes(
      ClusterId cluster, NodeFilter filter, Order order, Page.Request page) {
    look();
    return page(
        nodes.values(),
        n ->
            n.cluster().equals(cluster)
                && contains(n.attributes().name(), filter.name())
                && (filter.pool() == null || n.pool().equals(filter.pool()))
                && (filter.status() == null || NodeStatus.spelt(n.phase()).equals(filter.status())),
        ordered(
            order,
            NodeStatus::createdAt,
            NodeStatus::updatedAt,
            n -> n.attributes().name(),
            NodeStatus::phase,
            n -> n.attributes().version()),
        page);
  }

  @Override
  public synchronized List<OperationStatus> operations(
      Scope scope, OperationFilter filter, @Nullable OperationId before, int limit) {
    look();
    return operations.values().stream()
        .filter(o -> isVisible(scope, o))
        .filter(o -> filter.cluster() == null || o.cluster().equals(filter.cluster()))
        .filter(o -> filter.kind() == null || o.kind() == filter.kind())
        .filter(o -> filter.state() == null || o.state() == filter.state())
        .dropWhile(o -> before != null && !o.id().equals(before))
        .skip(before == null ? 0 : 1)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<OperationStatus> children(Scope scope, OperationId parent) {
    look();
    return operations.values().stream()
        .filter(o -> isVisible(scope, o))
        .filter(o -> parent.equals(o.parent()))
        .toList();
  }

  @Override
  public synchronized Optional<NodeLife> nodeEver(Scope scope, NodeId id) {
    look();
    return Optional.ofNullable(lives.get(id))
        .filter(life -> isVisible(scope, life.node().cluster()));
  }

  @Override
  public synchronized Map<NodeId, NodeStatus> nodesEver(Scope scope, Collection<NodeId> ids) {
    look();
    return nodes.values().stream()
        .filter(node -> ids.contains(node.id()) && isVisible(scope, node.cluster()))
        .collect(Collectors.toMap(NodeStatus::id, Function.identity()));
  }

  @Override
  public synchronized Map<Target, RequestProgress> of(OperationId operation) {
    return levels.getOrDefault(operation, Map.of());
  }

  @Override
  public List<NodeStatus> nodesOf(ClusterId cluster) {
    return List.of();
  }

  private void look() {
    if (blindness != null) {
      throw blindness;
    }
  }

  private boolean isVisible(Scope scope, OperationStatus operation) {
    return isVisible(scope, operation.cluster());
  }

  private boolean isVisible(Scope scope, ClusterId id) {
    ClusterStatus cluster = clusters.get(id);
    return cluster != null && visible(scope, cluster.region()).test(cluster);
  }

  private static Predicate<ClusterStatus> visible(Scope scope, String region) {
    Set<?> projects = scope.projects();
    return c ->
        c.region().equals(region)
            && c.organization().equals(scope.organization())
            && (projects == null || projects.contains(c.project()));
  }

  private static boolean contains(String name, @Nullable String part) {
    return part == null || name.contains(part);
  }

  private static <T> Comparator<T> ordered(
      Order order,
      Function<T, Instant> created,
      Function<T, Instant> updated,
      Function<T, String> name,
      Function<T, Enum<?>> status,
      Function<T, KubernetesVersion> version) {
    return switch (order) {
      case CREATED_AT_ASC -> Comparator.comparing(created);
      case CREATED_AT_DESC -> Comparator.comparing(created).reversed();
      case UPDATED_AT_ASC -> Comparator.comparing(updated);
      case UPDATED_AT_DESC -> Comparator.comparing(updated).reversed();
      case NAME_ASC -> Comparator.comparing(name);
      case NAME_DESC -> Comparator.comparing(name).reversed();
      case STATUS_ASC -> Comparator.comparing(status.andThen(Enum::name));
      case STATUS_DESC -> Comparator.comparing(status.andThen(Enum::name)).reversed();
      case VERSION_ASC -> Comparator.comparing(version);
      case VERSION_DESC -> Comparator.comparing(version).reversed();
    };
  }

  private static <T> Page<T> page(
      Collection<T> rows, Predicate<T> wanted, @Nullable Comparator<T> order, Page.Request page) {
    List<T> found = new ArrayList<>(rows.stream().filter(wanted).toList());
    if (order != null) {
      found.sort(order);
    }
    return new Page<>(found.stream().skip(page.offset()).limit(page.size()).toList(), found.size());
  }

  public synchronized void put(OperationStatus operation) {
    operations.put(operation.id(), operation);
  }

  public synchronized @Nullable OperationStatus known(OperationId operation) {
    return operations.get(operation);
  }

  public synchronized void move(ClusterId cluster, ClusterStatus.Phase phase) {
    clusters.compute(cluster, (_, row) -> Rows.in(phase, Objects.requireNonNull(row)));
  }
}
