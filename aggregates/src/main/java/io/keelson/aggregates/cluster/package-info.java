/**
 * Decides about one cluster as a whole, and routes what is about its pools to the rules of pools.
 * The requests that follow at the provider belong to the processes.
 */
@NullMarked
package io.keelson.aggregates.cluster;

import org.jspecify.annotations.NullMarked;
