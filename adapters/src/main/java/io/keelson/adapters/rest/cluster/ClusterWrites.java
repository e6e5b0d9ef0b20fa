package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.answer.Spelling;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Region;
import io.keelson.adapters.rest.version.Offers;
import io.keelson.adapters.rest.write.NewIds;
import io.keelson.adapters.rest.write.Subject;
import io.keelson.adapters.rest.write.Writes;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.cluster.ClusterSpec;
import io.keelson.projections.status.ClusterStatus;
import io.keelson.projections.status.ClusterStatus.Phase;
import io.keelson.projections.status.Statuses;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Sends what callers want of clusters that are there. What a cluster may be is not decided here.
 */
@Component
public class ClusterWrites {
  private final Statuses statuses;
  private final Offers offers;
  private final Writes writes;
  private final Clock clock;

  public ClusterWrites(Statuses statuses, Offers offers, Writes writes, Clock clock) {
    this.statuses = statuses;
    this.offers = offers;
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
   * @return empty when the cluster cannot be read in time: the write happened nevertheless
   */
  public Optional<ClusterStatus> send(
      ClusterCommand command, OperationId operation, ClusterStatus cluster, Caller caller) {
    return writes.send(
        command, operation, subject(cluster, caller), caller, reader(cluster, caller));
  }

  /** Sends what a cluster should be otherwise, and answers with it as it is asked to be. */
  ClusterAnswer change(
      ClusterCommand command,
      OperationId operation,
      ClusterStatus before,
      ClusterSpec wanted,
      Caller caller) {
    return send(command, operation, before, caller)
        .map(row -> updating(row))
        .orElseGet(() -> answer(before.asked(wanted, Phase.UPDATING, clock.instant())));
  }

  /**
   * The answer to a call whose operation has been begun before; empty for one that is new.
   *
   * @param same whether the cluster is as the call asks for
   * @throws Refused when another call came with its key
   */
  Optional<ClusterAnswer> repeated(
      NewIds ids,
      OperationId operation,
      ClusterStatus cluster,
      Predicate<ClusterSpec> same,
      Caller caller) {
    if (!ids.repeatable() || statuses.operation(caller.scope(), operation).isEmpty()) {
      return Optional.empty();
    }
    if (!same.test(cluster.spec())) {
      throw new Refused(subject(cluster, caller).keyReused());
    }
    return Optional.of(updating(cluster));
  }

  ClusterAnswer answer(ClusterStatus cluster) {
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
                  "cluster", cluster.id().toString(), Spelling.lowerCase(cluster.phase()));
        });
  }

  /** It may be done already, or not yet seen to be done: it was under way all the same. */
  private ClusterAnswer updating(ClusterStatus cluster) {
    return answer(cluster.asked(cluster.spec(), Phase.UPDATING, cluster.updatedAt()));
  }

  private Supplier<Optional<ClusterStatus>> reader(ClusterStatus cluster, Caller caller) {
    return () -> statuses.cluster(caller.scope(), cluster.region(), cluster.id());
  }
}
