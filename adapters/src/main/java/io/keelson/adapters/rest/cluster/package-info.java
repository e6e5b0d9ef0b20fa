/**
 * Clusters as clients write and read them: their settings, networks, types and kubeconfig. Pools,
 * save those that come with a new cluster, do not belong here.
 */
@NullMarked
package io.keelson.adapters.rest.cluster;

import org.jspecify.annotations.NullMarked;
