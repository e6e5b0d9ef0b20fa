package io.keelson.adapters.simulator;

import io.keelson.commands.provisioning.PoolDocument;
import java.util.Map;

/**
 * Removes the user data of a pool before the document is stored. The simulated machines do not read
 * it, and the references in {@code machine.userData} identify it. Not even a hash is stored: that
 * of a short secret can be guessed, and it would survive the erasure of the secret.
 */
final class UserDataRemoval {

  private UserDataRemoval() {}

  static PoolDocument withoutUserData(PoolDocument document) {
    return new PoolDocument(
        document.cluster(),
        document.pool(),
        document.generation(),
        document.clusterName(),
        document.name(),
        document.version(),
        document.machine(),
        Map.of(),
        document.nodes(),
        document.size(),
        document.maxSize(),
        document.nodesToRemove());
  }
}
