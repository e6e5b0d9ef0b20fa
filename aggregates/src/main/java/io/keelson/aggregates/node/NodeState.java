package io.keelson.aggregates.node;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keelson.commands.ClusterId;
import io.keelson.commands.OperationId;
import io.keelson.commands.node.Report;
import io.keelson.commands.provisioning.ObservedNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The life of a node: absent, then alive from its first sight on (rebooted now and then, cordoned
 * before it goes), then gone for ever.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NodeState.Absent.class, name = "absent"),
  @JsonSubTypes.Type(value = NodeState.Alive.class, name = "alive"),
  @JsonSubTypes.Type(value = NodeState.Gone.class, name = "gone")
})
public sealed interface NodeState {

  record Absent() implements NodeState {}

  /**
   * It is there.
   *
   * @param told the newest of each kind, in one order
   * @param reboot that is under way; null: none is
   * @param rebooted the operation of the last reboot that has ended: it does not begin again
   * @param cordoned whether it is to go
   */
  record Alive(
      ClusterId cluster,
      ObservedNode observed,
      List<Told> told,
      @Nullable Reboot reboot,
      @Nullable OperationId rebooted,
      boolean cordoned)
      implements NodeState {

    public Alive {
      told = List.copyOf(told);
    }

    public Alive(ClusterId cluster, ObservedNode observed) {
      this(cluster, observed, List.of(), null, null, false);
    }

    Alive seen(ObservedNode now) {
      return new Alive(cluster, now, told, reboot, rebooted, cordoned);
    }

    /** What was told before by the same source of the same condition and subject. */
    Optional<Told> before(Told next) {
      return told.stream().filter(next::follows).findFirst();
    }

    Alive told(Told next) {
      List<Told> all = new ArrayList<>(told);
      all.removeIf(next::follows);
      all.add(next);
      all.sort(Told.ORDER);
      return new Alive(cluster, observed, all, reboot, rebooted, cordoned);
    }

    Alive rebooting(Reboot begun) {
      return new Alive(cluster, observed, told, begun, rebooted, cordoned);
    }

    Alive rebootEnded(OperationId operation) {
      return reboots(operation)
          ? new Alive(cluster, observed, told, null, operation, cordoned)
          : this;
    }

    boolean reboots(OperationId operation) {
      return reboot != null && reboot.operation().equals(operation);
    }

    Alive going() {
      return new Alive(cluster, observed, told, reboot, rebooted, true);
    }
  }

  /**
   * A boot that is waited for.
   *
   * @param bootId of the boot before
   */
  record Reboot(OperationId operation, String bootId) {}

  record Gone() implements NodeState {}

  /** One report of a condition. Those of one source and subject have an order of their own. */
  record Told(String condition, Report report) {

    private static final Comparator<Told> ORDER =
        Comparator.comparing(Told::condition)
            .thenComparing(told -> told.report().source())
            .thenComparing(
                told -> told.report().subject(), Comparator.nullsFirst(Comparator.naturalOrder()));

    boolean follows(Told other) {
      return ORDER.compare(this, other) == 0;
    }
  }
}
