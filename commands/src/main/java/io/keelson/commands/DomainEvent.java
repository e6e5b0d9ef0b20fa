package io.keelson.commands;

import org.jspecify.annotations.Nullable;

/**
 * A fact in one stream. Once released it is never edited: a new event and an upcaster are added
 * instead.
 */
public interface DomainEvent {

  /** The stream that holds it. */
  Id stream();

  /** The cluster that it is about, where there is one: order is kept per cluster. */
  default @Nullable ClusterId cluster() {
    return null;
  }

  /** The running operation that it belongs to, where there is one. */
  default @Nullable OperationId operationId() {
    return null;
  }
}
