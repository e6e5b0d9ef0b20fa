/**
 * The wiring of the event store and of the deciders that write to it, and the check of that wiring.
 * No SQL of the store belongs here.
 */
@NullMarked
package io.keelson.infra.app.store;

import org.jspecify.annotations.NullMarked;
