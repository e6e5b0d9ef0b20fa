package io.keelson.adapters.simulator;

import io.keelson.adapters.simulator.Pace.Step;
import io.keelson.commands.Id;
import io.keelson.commands.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The reboots of a machine.
 *
 * @param again the newest reboots, oldest first: at most 20
 */
record Boots(List<Reboot> again) {

  static final Boots FIRST = new Boots(List.of());

  private static final int KEPT = 20;

  /**
   * One requested reboot.
   *
   * @param key the idempotency key of the request
   * @param number counts the reboots of the machine, from 1
   */
  record Reboot(String key, int number, Instant at) {

    private Instant readyAt(NodeId node, Laws laws) {
      return at.plus(laws.takes(Step.NODE_REBOOTING, node, number));
    }
  }

  Boots {
    again = List.copyOf(again);
  }

  /** Adds a reboot, unless the key is that of an earlier one. */
  Boots with(String key, Instant now) {
    if (again.stream().anyMatch(r -> r.key().equals(key))) {
      return this;
    }
    List<Reboot> all = new ArrayList<>(again);
    all.add(new Reboot(key, again.isEmpty() ? 1 : again.getLast().number() + 1, now));
    return new Boots(all.subList(Math.max(0, all.size() - KEPT), all.size()));
  }

  boolean underWayAt(Instant at, NodeId node, Laws laws) {
    return again.stream().anyMatch(r -> !r.at().isAfter(at) && r.readyAt(node, laws).isAfter(at));
  }

  /** The boot id of the last reboot that has ended. */
  String idAt(Instant at, NodeId node, Laws laws) {
    int number =
        again.stream()
            .filter(r -> !r.readyAt(node, laws).isAfter(at))
            .mapToInt(Reboot::number)
            .max()
            .orElse(0);
    return Id.derived("boot", node.toString(), Integer.toString(number)).toString();
  }

  Stream<Instant> instants(NodeId node, Laws laws) {
    return again.stream().flatMap(r -> Stream.of(r.at(), r.readyAt(node, laws)));
  }
}
