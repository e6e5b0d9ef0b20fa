/**
 * The event store on PostgreSQL: appending and loading streams, the complete tail, claims, dead
 * letters, and the migrations of its schema. No rule of a domain belongs here.
 */
@NullMarked
package io.keelson.infra.eventstore;

import org.jspecify.annotations.NullMarked;
