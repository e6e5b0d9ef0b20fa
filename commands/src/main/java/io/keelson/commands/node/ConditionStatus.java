package io.keelson.commands.node;

/** What can be said of a Kubernetes condition, spelt as Kubernetes spells it. */
public enum ConditionStatus {
  True,
  False,
  Unknown
}
