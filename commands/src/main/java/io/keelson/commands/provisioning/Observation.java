package io.keelson.commands.provisioning;

/** What came of looking at a cluster. */
public sealed interface Observation {

  /** It is there. */
  record Seen(ObservedCluster cluster) implements Observation {}

  /** It is not there: removed, or never applied. */
  record Gone() implements Observation {}

  /** Nobody knows: trouble reaching the back end is never a failure of the cluster. */
  record Unreachable(String message) implements Observation {}
}
