package io.keelson.adapters.simulator;

import java.time.Duration;

/**
 * How long things take: as long as in real life, give or take a tenth, divided by a speed factor.
 */
record Pace(double speed, long seed) {

  /** At this speed a cluster with one small pool is there in about three seconds. */
  static final double DEFAULT_SPEED = 40;

  private static final double SPREAD = 0.1;

  /** What takes time, in real-life seconds. */
  enum Step {
    /** Until a status shows what is. */
    STATUS(4),
    /** Until the first replica of a new control plane is ready. */
    CONTROL_PLANE(46),
    /** Until one more replica is ready, or one has left. */
    REPLICA(8),
    /** Until one more system component is ready. */
    COMPONENT(3),
    /** Until a node has a machine. */
    NODE_CREATING(10),
    /** Until that machine has booted. */
    NODE_STARTING(12),
    /** Until its kubelet is ready. */
    NODE_REGISTERING(10),
    /** Until a node that boots again is ready. */
    NODE_REBOOTING(24),
    /** Until a node that goes is empty. */
    NODE_DRAINING(6),
    /** Until pods that a budget keeps are asked to leave again. */
    DRAIN_RETRY(20),
    /** Until its machine is gone. */
    NODE_DELETING(8),
    /** Until workloads on a cluster have what they need beside it. */
    RESOURCE_APPEARING(12),
    RESOURCE_DELETING(6),
    /** Until a cluster without pools is gone. */
    CLUSTER_DELETING(12),
    /** How long a slow answer takes. */
    SLOW_ANSWER(60),
    /** How much older than now a stale status is. */
    STALENESS(40),
    /**
     * How long a spell lasts: of stale status, of a zone's outage, of being out of stock, of being
     * unreachable.
     */
    SPELL(80),
    /** How long a flap lasts. */
    FLAP(8);

    private final int seconds;

    Step(int seconds) {
      this.seconds = seconds;
    }
  }

  Pace {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("the simulator's speed must be above 0, not " + speed);
    }
  }

  /** Exactly as long as always. */
  Duration of(Step step) {
    return Duration.ofNanos((long) (step.seconds * 1e9 / speed));
  }

  /** As long as it takes for something, named by whatever tells it from its likes. */
  Duration of(Step step, Object... what) {
    double factor = 1 - SPREAD + 2 * SPREAD * Faults.draw(seed, step.name(), what);
    return Duration.ofNanos((long) (step.seconds * 1e9 * factor / speed));
  }
}
