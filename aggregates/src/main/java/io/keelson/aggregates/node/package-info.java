/** Decides about one node. Why nodes come and go belongs to the processes. */
@NullMarked
package io.keelson.aggregates.node;

import org.jspecify.annotations.NullMarked;
