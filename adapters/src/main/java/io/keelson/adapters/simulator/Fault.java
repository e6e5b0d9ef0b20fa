package io.keelson.adapters.simulator;

/** What can go wrong in the simulated world. */
public enum Fault {
  /** A response is slow. */
  SLOW_RESPONSE,
  /** The write takes effect, and its response is lost. */
  LOST_RESPONSE,
  /** The write does not arrive. */
  LOST_CALL,
  /** The write arrives twice. */
  DOUBLE_DELIVERY,
  /** A pool is refused for good, because it would exceed a quota. */
  QUOTA,
  /** For a while, a zone has no machines of a type; a pool that needs some is refused for good. */
  CAPACITY,
  /** A disruption budget delays the drain of a node, for long or for ever. */
  DRAIN_BLOCKED,
  /** A machine never boots. */
  BOOT_FAILURE,
  /** For a while, observations show an older state. */
  STALE_STATUS,
  /** For a moment, an available object reports that it is unavailable. */
  FLAPPING,
  /** For a while, the nodes of a zone do not respond. */
  ZONE_OUTAGE,
  /** For a while, a cluster cannot be observed. */
  UNREACHABLE
}
