package io.keelson.commands;

/** How many nodes of a pool may be missing, and how many too many, while it is rolled. */
public record UpgradePolicy(int maxUnavailable, int maxSurge) {

  /** Recorded from the Kubernetes API v1. */
  public static final UpgradePolicy DEFAULT = new UpgradePolicy(1, 0);
}
