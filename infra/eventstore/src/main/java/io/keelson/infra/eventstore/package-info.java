/**
 * The event store on PostgreSQL, one package for each part of it; its schema is in {@code
 * db/eventstore}. No class and no rule of a domain belongs here.
 */
@NullMarked
package io.keelson.infra.eventstore;

import org.jspecify.annotations.NullMarked;
