package io.keelson.commands.provisioning;

/** The result of observing a cluster. */
public sealed interface Observation {

  /** The cluster is there. */
  record Present(ObservedCluster cluster) implements Observation {}

  /** The cluster is not there: it was removed, or never applied. */
  record Absent() implements Observation {}

  /** Unknown: a back end that cannot be reached is never a failure of the cluster. */
  record Unreachable(String message) implements Observation {}
}
