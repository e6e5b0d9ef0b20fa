package io.keelson.commands.spec;

/**
 * Settings of the cluster autoscaler, defaults as recorded from the Kubernetes API v1.
 *
 * @param scaleDownDelayAfterAdd a Go duration ({@code 10m}), as clients send it
 * @param scaleDownUnneededTime a Go duration
 * @param scaleDownUtilizationThreshold strictly between 0 and 1
 * @param maxGracefulTerminationSec seconds
 * @param logLevel 0 to 4
 */
public record AutoscalerConfig(
    boolean scaleDownDisabled,
    String scaleDownDelayAfterAdd,
    String estimator,
    String expander,
    boolean ignoreDaemonsetsUtilization,
    boolean balanceSimilarNodeGroups,
    int expendablePodsPriorityCutoff,
    String scaleDownUnneededTime,
    double scaleDownUtilizationThreshold,
    long maxGracefulTerminationSec,
    boolean skipNodesWithLocalStorage,
    int logLevel) {

  public static final AutoscalerConfig DEFAULT =
      new AutoscalerConfig(
          false, "10m", "binpacking", "random", false, false, -10, "10m", 0.5, 600, true, 2);
}
