package io.keelson.commands.spec;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The network of a cluster.
 *
 * @param cni the network plugin: {@code cilium}, {@code calico}, {@code kilo}, {@code none}…
 * @param privateNetworkId null: the cluster has no private network
 * @param podCidr addresses of pods
 * @param serviceCidr addresses of services
 * @param serviceDnsIp the address of the cluster's DNS, inside {@code serviceCidr}
 */
public record ClusterNetwork(
    String cni,
    @Nullable UUID privateNetworkId,
    String podCidr,
    String serviceCidr,
    String serviceDnsIp) {}
