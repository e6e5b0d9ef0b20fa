package io.keelson.adapters.simulator;

import io.keelson.commands.provisioning.Condition;

/** Conditions in the form of Cluster API. */
final class Conditions {

  private Conditions() {}

  static Condition of(String type, boolean holds) {
    return holds
        ? new Condition(type, "True", type, "")
        : new Condition(type, "False", "Not" + type, "");
  }
}
