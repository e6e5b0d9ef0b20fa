package io.keelson.adapters.rest.pool;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.Choice;
import io.keelson.adapters.rest.request.JsonArguments;
import io.keelson.commands.Taint;
import io.keelson.commands.Taint.Effect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the labels and taints that a pool gives to its nodes. */
final class PoolMetadata {
  private static final int MAX_KEY_LENGTH = 316;
  private static final int MAX_VALUE_LENGTH = 63;
  private static final int MAX_UNUSED_LENGTH = 1000;
  private static final int MAX_TAINTS = 100;

  /** The spellings of Kubernetes and of the Python client. */
  private static final Choice EFFECTS =
      Choice.of(
          Effect.NoSchedule.name(),
          Effect.PreferNoSchedule.name(),
          Effect.NoExecute.name(),
          "no_schedule",
          "prefer_no_schedule",
          "no_execute");

  private PoolMetadata() {}

  /**
   * Checks the types of labels and taints, whatever their values: a pool of a new cluster gets
   * none.
   */
  static void checkTypes(JsonArguments pool) {
    pool.textMap("labels", MAX_UNUSED_LENGTH);
    for (String name : List.of("taints", "startup_taints")) {
      for (JsonArguments taint : pool.objects(name, MAX_TAINTS)) {
        taint.text("key", MAX_UNUSED_LENGTH);
        taint.text("value", MAX_UNUSED_LENGTH);
        taint.text("effect", MAX_UNUSED_LENGTH);
      }
    }
  }

  static Map<String, String> labels(JsonArguments body) {
    Map<String, String> labels = body.textMap("labels", MAX_VALUE_LENGTH);
    labels.forEach(
        (key, value) -> {
          if (!KubernetesSyntax.isQualifiedName(key)) {
            body.refuse("labels." + key, Reason.FORMAT, "key " + KubernetesSyntax.NAME_HELP);
          } else if (!KubernetesSyntax.isValue(value)) {
            body.refuse("labels." + key, Reason.FORMAT, "value " + KubernetesSyntax.VALUE_HELP);
          }
        });
    return labels;
  }

  /** The taints of the named list. Taints with the same key must have different effects. */
  static List<Taint> taints(JsonArguments body, String name) {
    List<Taint> taints = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int index = 0;
    for (JsonArguments each : body.objects(name, MAX_TAINTS)) {
      Taint taint = taint(each);
      taints.add(taint);
      if (!seen.add(taint.key() + " " + taint.effect())) {
        body.refuse(
            name + "." + index, Reason.CONSTRAINT, "key and effect must be unique in the list");
      }
      index++;
    }
    return taints;
  }

  private static Taint taint(JsonArguments taint) {
    String key = taint.text("key", MAX_KEY_LENGTH, "");
    String value = taint.text("value", MAX_VALUE_LENGTH, "");
    taint.require("key");
    if (!key.isEmpty() && !KubernetesSyntax.isQualifiedName(key)) {
      taint.refuse("key", Reason.FORMAT, KubernetesSyntax.NAME_HELP);
    }
    if (!KubernetesSyntax.isValue(value)) {
      taint.refuse("value", Reason.FORMAT, KubernetesSyntax.VALUE_HELP);
    }
    return new Taint(key, value, effect(taint.choice("effect", EFFECTS, Effect.NoSchedule.name())));
  }

  private static Effect effect(String text) {
    return switch (text) {
      case "no_schedule" -> Effect.NoSchedule;
      case "prefer_no_schedule" -> Effect.PreferNoSchedule;
      case "no_execute" -> Effect.NoExecute;
      default -> Effect.valueOf(text);
    };
  }
}
