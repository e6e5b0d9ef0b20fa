/** The contract of one node, from its first observation to its end. Pools belong to cluster. */
@NullMarked
package io.keelson.commands.node;

import org.jspecify.annotations.NullMarked;
