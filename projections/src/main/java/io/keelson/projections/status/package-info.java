/**
 * The state of clusters, pools, nodes and operations as callers see it now. How it came to be
 * belongs to history.
 */
@NullMarked
package io.keelson.projections.status;

import org.jspecify.annotations.NullMarked;
