package io.keelson.adapters.simulator;

/** What can go wrong in the simulated world. */
public enum Fault {
  /** An answer takes long. */
  SLOW_ANSWER,
  /** The write takes effect, and its answer gets lost. */
  LOST_ANSWER,
  /** The write does not arrive. */
  LOST_CALL,
  /** The write arrives twice. */
  DOUBLE_DELIVERY,
  /** A pool is refused for good: it would go over a quota. */
  QUOTA,
  /** For a while, a zone has no more machines of a type: who wants some is refused for good. */
  CAPACITY,
  /** A node that goes is kept by a disruption budget: for long, or for ever. */
  DRAIN_BLOCKED,
  /** A machine never comes up. */
  BOOT_FAILURE,
  /** For a while, looking shows an older instant. */
  STALE_STATUS,
  /** For a moment, what is available says that it is not. */
  FLAPPING,
  /** For a while, the nodes of a zone do not answer. */
  ZONE_OUTAGE,
  /** For a while, a cluster cannot be looked at. */
  UNREACHABLE
}
