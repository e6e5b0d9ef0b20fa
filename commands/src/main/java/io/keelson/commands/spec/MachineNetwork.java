package io.keelson.commands.spec;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where machines are placed in the provider's networks.
 *
 * @param placementGroupId null: the provider places them as it likes
 * @param privateNetworkId null: the machines have no private network
 */
public record MachineNetwork(
    boolean publicIpDisabled,
    UUID securityGroupId,
    @Nullable UUID placementGroupId,
    @Nullable UUID privateNetworkId) {}
