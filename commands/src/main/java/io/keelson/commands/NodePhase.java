package io.keelson.commands;

/** How far a node has come. */
public enum NodePhase {
  CREATING,
  STARTING,
  REGISTERING,
  READY,
  NOT_READY,
  REBOOTING,
  CREATION_FAILED,
  DELETING
}
