/**
 * Decides about one cluster and its pools. What a provider should do about it belongs to the
 * processes.
 */
@NullMarked
package io.keelson.aggregates.cluster;

import org.jspecify.annotations.NullMarked;
