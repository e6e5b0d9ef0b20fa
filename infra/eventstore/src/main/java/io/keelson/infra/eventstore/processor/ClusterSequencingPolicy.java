package io.keelson.infra.eventstore.processor;

import io.keelson.commands.ClusterId;
import io.keelson.commands.DomainEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;

/**
 * Events of one cluster are handled in order, other events in the order of their stream. The
 * identifier is always a {@code String}, which has the same hash in every JVM: instances that
 * computed different segments for an event would handle it twice or never.
 */
public final class ClusterSequencingPolicy implements SequencingPolicy<EventMessage<?>> {

  @Override
  public Object getSequenceIdentifierFor(EventMessage<?> message) {
    if (message.getPayload() instanceof DomainEvent event) {
      ClusterId cluster = event.cluster();
      return cluster == null ? event.stream().toString() : cluster.toString();
    }
    return message instanceof DomainEventMessage<?> event
        ? event.getAggregateIdentifier()
        : message.getIdentifier();
  }
}
