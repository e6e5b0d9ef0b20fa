package io.keelson.commands.spec;

import io.keelson.commands.OpenIdConnect;
import java.util.List;

/**
 * How a cluster's API servers are configured.
 *
 * @param certSans additional subject alternative names of their certificate
 */
public record ApiServerSettings(
    List<String> featureGates,
    List<String> admissionPlugins,
    OpenIdConnect openIdConnect,
    List<String> certSans) {

  public ApiServerSettings {
    featureGates = List.copyOf(featureGates);
    admissionPlugins = List.copyOf(admissionPlugins);
    certSans = List.copyOf(certSans);
  }
}
