/**
 * Appending and loading streams, as an engine and an event store of Axon. How an event becomes a
 * state is not known here.
 */
@NullMarked
package io.keelson.infra.eventstore.store;

import org.jspecify.annotations.NullMarked;
