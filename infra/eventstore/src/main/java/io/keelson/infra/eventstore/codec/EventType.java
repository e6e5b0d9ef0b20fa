package io.keelson.infra.eventstore.codec;

import io.keelson.commands.DomainEvent;

/**
 * How an event is known outside the code; what is stored instead of a class name.
 *
 * @param name {@code cluster.creation-started}; never changes once released
 * @param revision of the payload's shape, from 1; an upcaster leads from each to the next
 * @param open whether other services may see it
 */
public record EventType(
    Class<? extends DomainEvent> event, String name, int revision, boolean open) {}
