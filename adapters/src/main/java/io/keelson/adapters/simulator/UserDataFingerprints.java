package io.keelson.adapters.simulator;

import io.keelson.commands.provisioning.PoolDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Replaces the user data of a pool by fingerprints before the document is stored, since user data
 * may contain secrets. The simulated machines do not read it.
 */
final class UserDataFingerprints {

  private UserDataFingerprints() {}

  static PoolDocument fingerprinted(PoolDocument document) {
    return new PoolDocument(
        document.cluster(),
        document.pool(),
        document.generation(),
        document.clusterName(),
        document.name(),
        document.version(),
        document.machine(),
        fingerprints(document.userData()),
        document.nodes(),
        document.size(),
        document.maxSize(),
        document.nodesToRemove());
  }

  private static Map<String, String> fingerprints(Map<String, String> userData) {
    return userData.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> fingerprint(e.getKey() + "\0" + e.getValue())));
  }

  private static String fingerprint(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
