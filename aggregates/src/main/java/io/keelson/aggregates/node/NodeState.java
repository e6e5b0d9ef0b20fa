package io.keelson.aggregates.node;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.PoolId;
import io.keelson.commands.node.NodeAttributes;
import io.keelson.commands.node.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The life of a node: absent, then alive from its first observation on (rebooted now and then,
 * cordoned before it is removed), then deleted for ever.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NodeState.Absent.class, name = "absent"),
  @JsonSubTypes.Type(value = NodeState.Alive.class, name = "alive"),
  @JsonSubTypes.Type(value = NodeState.Deleted.class, name = "deleted")
})
public sealed interface NodeState {

  record Absent() implements NodeState {}

  /**
   * The provider has it.
   *
   * @param attributes as of the last event; a message may be older than the last observation
   * @param reports the newest of each kind, in one order
   * @param reboot that is in progress; null: none is
   * @param rebooted the run of the last reboot that has ended: it does not start again
   * @param cordoned whether it will be removed
   */
  record Alive(
      ClusterId cluster,
      PoolId pool,
      NodeAttributes attributes,
      List<Reported> reports,
      @Nullable Reboot reboot,
      @Nullable OperationId rebooted,
      boolean cordoned)
      implements NodeState {

    public Alive {
      reports = List.copyOf(reports);
    }

    Alive(ClusterId cluster, PoolId pool, NodeAttributes attributes) {
      this(cluster, pool, attributes, List.of(), null, null, false);
    }

    Alive observed(NodeAttributes now) {
      return new Alive(cluster, pool, now, reports, reboot, rebooted, cordoned);
    }

    /** The known report of the same source about the same condition and subject. */
    Optional<Reported> before(Reported next) {
      return reports.stream().filter(next::follows).findFirst();
    }

    Alive reported(Reported next) {
      List<Reported> all = new ArrayList<>(reports);
      all.removeIf(next::follows);
      all.add(next);
      all.sort(Reported.ORDER);
      return new Alive(cluster, pool, attributes, all, reboot, rebooted, cordoned);
    }

    Alive rebooting(Reboot begun) {
      return new Alive(cluster, pool, attributes, reports, begun, rebooted, cordoned);
    }

    Alive rebootEnded(OperationId operation) {
      return reboots(operation)
          ? new Alive(cluster, pool, attributes, reports, null, operation, cordoned)
          : this;
    }

    boolean reboots(OperationId operation) {
      return reboot != null && reboot.operation().equals(operation);
    }

    Alive withCordon() {
      return new Alive(cluster, pool, attributes, reports, reboot, rebooted, true);
    }
  }

  /**
   * A reboot in progress.
   *
   * @param bootId of the boot before
   */
  record Reboot(OperationId operation, String bootId) {}

  record Deleted() implements NodeState {}

  /**
   * A report of a condition. Reports of one source about one subject have an order of their own.
   */
  record Reported(String condition, Report report) {

    private static final Comparator<Reported> ORDER =
        Comparator.comparing(Reported::condition)
            .thenComparing(reported -> reported.report().source())
            .thenComparing(
                reported -> reported.report().subject(),
                Comparator.nullsFirst(Comparator.naturalOrder()));

    boolean follows(Reported other) {
      return ORDER.compare(this, other) == 0;
    }
  }
}
