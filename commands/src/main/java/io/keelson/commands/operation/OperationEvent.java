package io.keelson.commands.operation;

import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.OperationId;

/**
 * What has happened in one run. The host's own events are four families; each process seals a
 * family of its own below {@link ProcessEvent}.
 */
public sealed interface OperationEvent extends DomainEvent
    permits RunEvent, RequestEvent, TargetEvent, OperationEvent.ProcessEvent {

  OperationId operation();

  ClusterId clusterId();

  @Override
  default OperationId stream() {
    return operation();
  }

  @Override
  default ClusterId cluster() {
    return clusterId();
  }

  @Override
  default OperationId operationId() {
    return operation();
  }

  /** An event that only one kind of process makes and reads. */
  non-sealed interface ProcessEvent extends OperationEvent {}

  /**
   * An event that its process may answer with commands for its subject. It repeats the name of the
   * process, so that these commands can be derived from the event alone.
   */
  interface Outcome {

    OperationId operation();

    ClusterId clusterId();

    /** As {@link Plan#process()}. */
    String process();
  }
}
