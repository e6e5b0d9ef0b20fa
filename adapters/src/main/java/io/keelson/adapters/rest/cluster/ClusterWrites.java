package io.keelson.adapters.rest.cluster;

import static io.keelson.projections.status.PoolStatus.Phase.SCALING;
import static io.keelson.projections.status.PoolStatus.Phase.UPGRADING;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.pool.PoolWrites;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.response.ApiFormat;
import io.keelson.adapters.rest.version.Offers;
import io.keelson.adapters.rest.write.CommandSender;
import io.keelson.adapters.rest.write.Subject;
import io.keelson.commands.ClusterId;
import io.keelson.commands.Commands;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.spec.ClusterSpec;
import io.keelson.projections.Page;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.ClusterStatus.Phase;
import io.keelson.projections.status.PoolStatus;
import io.keelson.projections.status.Statuses;
import io.keelson.projections.status.Statuses.Order;
import io.keelson.projections.status.Statuses.PoolFilter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Sends the commands of callers about existing clusters. No rule of clusters is decided here. */
@Component
public class ClusterWrites {
  private static final int PAGE = 100;

  private final Statuses statuses;
  private final Offers offers;
  private final PoolWrites pools;
  private final CommandSender sender;
  private final Clock clock;

  public ClusterWrites(
      Statuses statuses, Offers offers, PoolWrites pools, CommandSender sender, Clock clock) {
    this.statuses = statuses;
    this.offers = offers;
    this.pools = pools;
    this.sender = sender;
    this.clock = clock;
  }

  /**
   * The cluster, if the caller may see it.
   *
   * @throws Refused when no such cluster exists for this caller
   */
  public ClusterStatus find(Caller caller, Region region, ClusterId cluster) {
    return statuses
        .cluster(caller.scope(), region.name(), cluster)
        .orElseThrow(() -> new Refused(Problem.notFound("cluster", cluster.toString())));
  }

  /** The subject of a command about a cluster. */
  public Subject subject(ClusterStatus cluster, Caller caller) {
    return ClusterController.subject(cluster.id(), reader(cluster, caller));
  }

  /**
   * Sends a command about a cluster.
   *
   * @param holds whether a cluster shows the result of the command
   * @return empty when the cluster cannot be read in time, although the command has been executed
   * @throws Refused also when the command's ids belong to another command
   */
  public Optional<ClusterStatus> send(
      ClusterCommand command,
      OperationId operation,
      ClusterStatus before,
      Predicate<ClusterStatus> holds,
      Caller caller) {
    Subject subject = subject(before, caller);
    return read(sender.send(command, operation, subject, caller), before, subject, holds, caller);
  }

  private Optional<ClusterStatus> read(
      Commands.Receipt receipt,
      ClusterStatus before,
      Subject subject,
      Predicate<ClusterStatus> holds,
      Caller caller) {
    Optional<ClusterStatus> after = sender.read(receipt, reader(before, caller));
    if (receipt.events().isEmpty() && after.filter(holds.negate()).isPresent()) {
      throw new Refused(subject.keyReused());
    }
    return after;
  }

  /**
   * Sends a change and returns the cluster with the desired spec. A change without effect returns
   * the cluster as it is.
   */
  ClusterResponse change(
      ClusterCommand command,
      OperationId operation,
      ClusterStatus before,
      ClusterSpec desired,
      Caller caller) {
    Subject subject = subject(before, caller).blocking(() -> poolInProgress(before, caller));
    Commands.Receipt receipt = sender.send(command, operation, subject, caller);
    Optional<ClusterStatus> shown =
        read(receipt, before, subject, row -> row.spec().equals(desired), caller);
    boolean same = receipt.events().isEmpty() && before.spec().equals(desired);
    if (same && statuses.operation(caller.scope(), operation).isEmpty()) {
      return response(
          shown.orElse(before)); // Nor has an earlier call with the same key started a change.
    }
    ClusterStatus after =
        shown.orElseGet(() -> before.desired(desired, Phase.UPDATING, clock.instant()));
    // The change may be complete, or not visible yet; the response shows it in progress either way.
    return response(after.desired(after.spec(), Phase.UPDATING, after.updatedAt()));
  }

  /** All pools of the cluster. */
  List<PoolStatus> pools(ClusterStatus cluster) {
    List<PoolStatus> pools = new ArrayList<>();
    Page<PoolStatus> page;
    int number = 1;
    do {
      page =
          statuses.pools(
              cluster.id(),
              new PoolFilter(null, null),
              Order.CREATED_AT_ASC,
              new Page.Request(number++, PAGE));
      pools.addAll(page.rows());
    } while (page.rows().size() == PAGE);
    return pools;
  }

  /** A pool whose operation blocks a change of the cluster. */
  private Optional<Subject> poolInProgress(ClusterStatus cluster, Caller caller) {
    return pools(cluster).stream()
        .filter(pool -> pool.phase() == SCALING || pool.phase() == UPGRADING)
        .findFirst()
        .map(pool -> pools.subject(cluster.id(), pool.id(), cluster.region(), caller));
  }

  ClusterResponse response(ClusterStatus cluster) {
    return ClusterController.response(cluster, offers.now());
  }

  /**
   * The refusal of a request: it names the cluster's state while an operation is in progress.
   *
   * @param problem the problem while no operation is in progress
   */
  static Refused refused(ClusterStatus cluster, Problem problem) {
    return new Refused(
        switch (cluster.phase()) {
          case READY, POOL_REQUIRED -> problem;
          case LOCKED -> Problem.locked("cluster", cluster.id().toString());
          case CREATING, UPDATING, DELETING, DELETED ->
              Problem.transientState(
                  "cluster", cluster.id().toString(), ApiFormat.lowerCase(cluster.phase()));
        });
  }

  private Supplier<Optional<ClusterStatus>> reader(ClusterStatus cluster, Caller caller) {
    return () -> statuses.cluster(caller.scope(), cluster.region(), cluster.id());
  }
}
