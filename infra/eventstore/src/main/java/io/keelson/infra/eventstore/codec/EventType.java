package io.keelson.infra.eventstore.codec;

import io.keelson.commands.DomainEvent;

/**
 * The name of an event outside the code; it is stored instead of a class name.
 *
 * @param name {@code cluster.creation-started}; never changes once released
 * @param revision the version of the payload's shape, from 1; an upcaster leads from each revision
 *     to the next
 * @param open whether other services may see it
 */
public record EventType(
    Class<? extends DomainEvent> event, String name, int revision, boolean open) {}
