package io.keelson.commands.spec;

import io.keelson.commands.SecretRef;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the machines of a pool are made of.
 *
 * @param nodeType lower case, {@code _} for {@code -}
 * @param userData what new machines are started with, by key; the values are kept as secrets
 */
public record MachineTemplate(
    String nodeType,
    String zone,
    String containerRuntime,
    RootVolume rootVolume,
    MachineNetwork network,
    Map<String, SecretRef> userData) {

  /** The node type of machines at other providers. */
  public static final String EXTERNAL = "external";

  public MachineTemplate {
    userData = Collections.unmodifiableMap(new TreeMap<>(userData));
  }

  /** The same in another security group. */
  public MachineTemplate in(UUID securityGroupId) {
    return new MachineTemplate(
        nodeType,
        zone,
        containerRuntime,
        rootVolume,
        new MachineNetwork(
            network.publicIpDisabled(),
            securityGroupId,
            network.placementGroupId(),
            network.privateNetworkId()),
        userData);
  }
}
