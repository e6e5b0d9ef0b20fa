/**
 * The contract of one node pool: what can be requested of it, and what has happened to it. A pool
 * has no stream of its own: it shares that of its cluster.
 */
@NullMarked
package io.keelson.commands.pool;

import org.jspecify.annotations.NullMarked;
