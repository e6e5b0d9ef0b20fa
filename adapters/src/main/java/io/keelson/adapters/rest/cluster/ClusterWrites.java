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
import io.keelson.commands.cluster.ClusterSpec;
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

/**
 * Sends what callers want of clusters that are there. What a cluster may be is not decided here.
 */
@Component
public class ClusterWrites {
  private static final int PAGE = 100;

  private final Statuses statuses;
  private final Offers offers;
  private final PoolWrites pools;
  private final CommandSender writes;
  private final Clock clock;

  public ClusterWrites(
      Statuses statuses, Offers offers, PoolWrites pools, CommandSender writes, Clock clock) {
    this.statuses = statuses;
    this.offers = offers;
    this.pools = pools;
    this.writes = writes;
    this.clock = clock;
  }

  /**
   * The cluster as its caller may see it.
   *
   * @throws Refused when there is none for this caller
   */
  public ClusterStatus find(Caller caller, Region region, ClusterId cluster) {
    return statuses
        .cluster(caller.scope(), region.name(), cluster)
        .orElseThrow(() -> new Refused(Problem.notFound("cluster", cluster.toString())));
  }

  /** What a command about a cluster is about. */
  public Subject subject(ClusterStatus cluster, Caller caller) {
    return ClusterController.subject(cluster.id(), reader(cluster, caller));
  }

  /**
   * Sends a command about a cluster.
   *
   * @param holds whether a cluster shows what the command asks for
   * @return empty when the cluster cannot be read in time: the write happened nevertheless
   * @throws Refused also when the command is another than the one that its ids were made for
   */
  public Optional<ClusterStatus> send(
      ClusterCommand command,
      OperationId operation,
      ClusterStatus before,
      Predicate<ClusterStatus> holds,
      Caller caller) {
    Subject subject = subject(before, caller);
    return read(writes.send(command, operation, subject, caller), before, subject, holds, caller);
  }

  private Optional<ClusterStatus> read(
      Commands.Receipt receipt,
      ClusterStatus before,
      Subject subject,
      Predicate<ClusterStatus> holds,
      Caller caller) {
    Optional<ClusterStatus> after = writes.read(receipt, reader(before, caller));
    if (receipt.events().isEmpty() && after.filter(holds.negate()).isPresent()) {
      throw new Refused(subject.keyReused());
    }
    return after;
  }

  /**
   * Sends what a cluster should be otherwise, and answers with it as it is asked to be; as it is
   * where nothing has to change.
   */
  ClusterResponse change(
      ClusterCommand command,
      OperationId operation,
      ClusterStatus before,
      ClusterSpec wanted,
      Caller caller) {
    Subject subject = subject(before, caller).holding(() -> moving(before, caller));
    Commands.Receipt receipt = writes.send(command, operation, subject, caller);
    Optional<ClusterStatus> shown =
        read(receipt, before, subject, row -> row.spec().equals(wanted), caller);
    boolean same = receipt.events().isEmpty() && before.spec().equals(wanted);
    if (same && statuses.operation(caller.scope(), operation).isEmpty()) {
      return answer(shown.orElse(before)); // no earlier call with the same key has begun it either
    }
    ClusterStatus after =
        shown.orElseGet(() -> before.asked(wanted, Phase.UPDATING, clock.instant()));
    // It may be done already, or not yet seen to be done: it was under way all the same.
    return answer(after.asked(after.spec(), Phase.UPDATING, after.updatedAt()));
  }

  /** All pools that it has. */
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

  /** A pool in whose way a change of the cluster may be. */
  private Optional<Subject> moving(ClusterStatus cluster, Caller caller) {
    return pools(cluster).stream()
        .filter(pool -> pool.phase() == SCALING || pool.phase() == UPGRADING)
        .findFirst()
        .map(pool -> pools.subject(cluster.id(), pool.id(), cluster.region(), caller));
  }

  ClusterResponse answer(ClusterStatus cluster) {
    return ClusterController.answer(cluster, offers.now());
  }

  /**
   * Why something is not to be had of a cluster: perhaps only for what is being done to it.
   *
   * @param otherwise what is wrong while nothing is being done
   */
  static Refused refused(ClusterStatus cluster, Problem otherwise) {
    return new Refused(
        switch (cluster.phase()) {
          case READY, POOL_REQUIRED -> otherwise;
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
