package io.keelson.adapters.simulator;

import io.keelson.commands.ClusterAction;

/** An action that the simulator has done; the same under the same key is done once. */
record CompletedAction(ClusterAction action, String key) {}
