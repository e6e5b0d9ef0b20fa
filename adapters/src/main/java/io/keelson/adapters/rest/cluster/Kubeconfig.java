package io.keelson.adapters.rest.cluster;

import static java.util.stream.Collectors.joining;

import io.keelson.commands.provisioning.KubeAccess;
import io.keelson.projections.status.ClusterStatus;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The kubeconfig file for {@code kubectl}, in the form recorded from the API. */
final class Kubeconfig {
  static final String REDACTED = "REDACTED_TOKEN";

  private Kubeconfig() {}

  static byte[] of(ClusterStatus cluster, KubeAccess access, boolean redacted) {
    String name = cluster.spec().name();
    String yaml =
        """
        apiVersion: v1
        clusters:
        - name: %1$s
          cluster:
            certificate-authority-data: %2$s
            server: %3$s
        contexts:
        - name: %4$s
          context:
            cluster: %1$s
            user: %5$s
        current-context: %4$s
        kind: Config
        preferences: {}
        users:
        - name: %5$s
          user:
            token: %6$s
        """
            .formatted(
                quoted(name),
                Base64.getEncoder()
                    .encodeToString(access.certificateAuthority().getBytes(StandardCharsets.UTF_8)),
                ClusterResponse.url(cluster),
                quoted("admin@" + name),
                quoted(name + "-admin"),
                quoted(redacted ? REDACTED : access.token()));
    return yaml.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Any character but visible ASCII is escaped: YAML parsers differ in what they take for a line
   * break.
   */
  private static String quoted(String text) {
    return text.codePoints().mapToObj(Kubeconfig::escaped).collect(joining("", "\"", "\""));
  }

  private static String escaped(int character) {
    if (character == '"' || character == '\\') {
      return "\\" + (char) character;
    }
    if (character >= ' ' && character <= '~') {
      return Character.toString(character);
    }
    return (character > 0xFFFF ? "\\U%08X" : "\\u%04X").formatted(character);
  }
}
