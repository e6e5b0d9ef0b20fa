/** Single nodes as clients see them. Pools do not belong here. */
@NullMarked
package io.keelson.adapters.rest.node;

import org.jspecify.annotations.NullMarked;
