package io.keelson.commands.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.NodePhase;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the provider shows of a node.
 *
 * @param version of its kubelet
 * @param providerId {@code scaleway://instance/{zone}/{uuid}}, empty while there is no machine
 * @param conditions Kubernetes node conditions, type to status
 * @param message what is wrong, or empty
 * @param bootId different after each boot (Kubernetes, {@code nodeInfo.bootID}); empty before the
 *     first
 */
public record NodeAttributes(
    String name,
    KubernetesVersion version,
    NodePhase phase,
    String providerId,
    Map<String, String> conditions,
    String message,
    String bootId) {

  public NodeAttributes {
    conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
  }

  /**
   * Some attributes of a node; null: not one of them.
   *
   * @param conditions only those that differ. One that is in a change's old values and not in its
   *     new ones has been removed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Change(
      @Nullable String name,
      @Nullable KubernetesVersion version,
      @Nullable NodePhase phase,
      @Nullable String providerId,
      @Nullable Map<String, String> conditions,
      @Nullable String message,
      @Nullable String bootId) {

    public Change {
      conditions =
          conditions == null ? null : Collections.unmodifiableMap(new TreeMap<>(conditions));
    }

    /** The attributes in which two states of a node differ, with the values of {@code after}. */
    public static Change between(NodeAttributes before, NodeAttributes after) {
      return new Change(
          changed(before.name, after.name),
          changed(before.version, after.version),
          changed(before.phase, after.phase),
          changed(before.providerId, after.providerId),
          different(before.conditions, after.conditions),
          changed(before.message, after.message),
          changed(before.bootId, after.bootId));
    }

    /** The entries of {@code after} that {@code before} does not have; null: there are none. */
    private static @Nullable Map<String, String> different(
        Map<String, String> before, Map<String, String> after) {
      Map<String, String> different = new TreeMap<>(after);
      different.entrySet().removeAll(before.entrySet());
      return different.isEmpty() ? null : different;
    }

    private static <T> @Nullable T changed(T before, T after) {
      return before.equals(after) ? null : after;
    }
  }

  /** As they are after a change with these old and new values. */
  public NodeAttributes with(Change before, Change after) {
    return new NodeAttributes(
        Objects.requireNonNullElse(after.name(), name),
        Objects.requireNonNullElse(after.version(), version),
        Objects.requireNonNullElse(after.phase(), phase),
        Objects.requireNonNullElse(after.providerId(), providerId),
        conditions(before.conditions(), after.conditions()),
        Objects.requireNonNullElse(after.message(), message),
        Objects.requireNonNullElse(after.bootId(), bootId));
  }

  private Map<String, String> conditions(
      @Nullable Map<String, String> before, @Nullable Map<String, String> after) {
    Map<String, String> changed = new TreeMap<>(conditions);
    changed.keySet().removeAll(before == null ? Set.of() : before.keySet());
    changed.putAll(after == null ? Map.of() : after);
    return changed;
  }

  /** Whether the two differ in more than a message, which is a level. */
  public boolean differsFrom(NodeAttributes other) {
    return !new NodeAttributes(name, version, phase, providerId, conditions, "", bootId)
        .equals(
            new NodeAttributes(
                other.name,
                other.version,
                other.phase,
                other.providerId,
                other.conditions,
                "",
                other.bootId));
  }
}
