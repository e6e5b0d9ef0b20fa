/**
 * The current state of clusters, pools, nodes and operations as callers see it. The events that led
 * to it belong to the log.
 */
@NullMarked
package io.keelson.projections.status;

import org.jspecify.annotations.NullMarked;
