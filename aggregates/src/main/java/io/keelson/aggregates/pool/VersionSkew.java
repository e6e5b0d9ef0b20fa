package io.keelson.aggregates.pool;

import io.keelson.commands.KubernetesVersion;

/** Which versions of kubelets an API server may serve (Kubernetes version skew policy). */
public final class VersionSkew {

  private static final int MAX_MINORS_BEHIND = 3;
  private static final int MAX_MINORS_BEHIND_BEFORE_25 = 2;
  private static final int TWENTY_FIVE = 25;

  private VersionSkew() {}

  /** Whether a kubelet of that version may talk to such an API server. */
  public static boolean mayServe(KubernetesVersion apiServer, KubernetesVersion kubelet) {
    int max = kubelet.minor() < TWENTY_FIVE ? MAX_MINORS_BEHIND_BEFORE_25 : MAX_MINORS_BEHIND;
    return kubelet.major() == apiServer.major()
        && kubelet.compareTo(apiServer) <= 0
        && apiServer.minor() - kubelet.minor() <= max;
  }
}
