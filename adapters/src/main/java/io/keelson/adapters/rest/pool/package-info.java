/**
 * Node pools as clients write and read them: node types, labels, taints, kubelet arguments. Single
 * nodes do not belong here.
 */
@NullMarked
package io.keelson.adapters.rest.pool;

import org.jspecify.annotations.NullMarked;
