/**
 * Runs deciders behind a command bus: routing, loading, caching and snapshots of their states. No
 * decision is made here.
 */
@NullMarked
package io.keelson.infra.eventstore.decider;

import org.jspecify.annotations.NullMarked;
