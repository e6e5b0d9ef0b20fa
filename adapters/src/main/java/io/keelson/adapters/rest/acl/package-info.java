/**
 * Who may reach the API server of a cluster, as clients write and read it. What else a cluster is
 * does not belong here.
 */
@NullMarked
package io.keelson.adapters.rest.acl;

import org.jspecify.annotations.NullMarked;
