package io.keelson.adapters.simulator;

import java.time.Duration;

/** How long each step takes: its real duration plus or minus a tenth, divided by the speed. */
record Pace(double speed, long seed) {

  /** At this speed a cluster with one small pool is ready after about three seconds. */
  static final double DEFAULT_SPEED = 40;

  private static final double SPREAD = 0.1;

  /** The steps that take time, with their real duration in seconds. */
  enum Step {
    /** Until a status shows the present state. */
    STATUS(4),
    /** Until the first replica of a new control plane is ready. */
    CONTROL_PLANE(46),
    /** Until one more replica is ready, or one more has left. */
    REPLICA(8),
    /** Until one more system component is ready. */
    COMPONENT(3),
    /** Until a node has a machine. */
    NODE_CREATING(10),
    /** Until that machine has booted. */
    NODE_STARTING(12),
    /** Until its kubelet is ready. */
    NODE_REGISTERING(10),
    /** Until a rebooted node is ready. */
    NODE_REBOOTING(24),
    /** Until a removed node is drained. */
    NODE_DRAINING(6),
    /** Until the eviction of protected pods is retried. */
    DRAIN_RETRY(20),
    /** Until the machine of a drained node is deleted. */
    NODE_DELETING(8),
    /** Until an additional resource that a workload needs exists. */
    RESOURCE_APPEARING(12),
    RESOURCE_DELETING(6),
    /** Until a removed cluster without pools is deleted. */
    CLUSTER_DELETING(12),
    /** How long a slow response takes. */
    SLOW_RESPONSE(60),
    /** How much older a stale status is than a fresh one. */
    STALENESS(40),
    /** How long a spell of stale status, outage, missing stock or unreachability lasts. */
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

  /** The duration of a step without variation. */
  Duration of(Step step) {
    return Duration.ofNanos((long) (step.seconds * 1e9 / speed));
  }

  /**
   * The duration of a step for one object.
   *
   * @param what identifies the object among all that take that step
   */
  Duration of(Step step, Object... what) {
    double factor = 1 - SPREAD + 2 * SPREAD * Faults.draw(seed, step.name(), what);
    return Duration.ofNanos((long) (step.seconds * 1e9 * factor / speed));
  }
}
