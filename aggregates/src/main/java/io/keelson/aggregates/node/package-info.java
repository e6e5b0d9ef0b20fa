/** Decides about one node. Why nodes are added and removed belongs to the processes. */
@NullMarked
package io.keelson.aggregates.node;

import org.jspecify.annotations.NullMarked;
