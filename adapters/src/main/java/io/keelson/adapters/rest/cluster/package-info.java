/**
 * Clusters as clients write and read them: settings, networks, types and kubeconfigs. Pools do not
 * belong here, except those of a new cluster.
 */
@NullMarked
package io.keelson.adapters.rest.cluster;

import org.jspecify.annotations.NullMarked;
