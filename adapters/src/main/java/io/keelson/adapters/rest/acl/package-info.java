/**
 * Access rules of API servers as clients write and read them. Other settings of a cluster do not
 * belong here.
 */
@NullMarked
package io.keelson.adapters.rest.acl;

import org.jspecify.annotations.NullMarked;
