package io.keelson.commands;

import java.util.List;

/** How the API server trusts an OpenID Connect issuer; all empty where none is configured. */
public record OpenIdConnect(
    String issuerUrl,
    String clientId,
    String usernameClaim,
    String usernamePrefix,
    List<String> groupsClaim,
    String groupsPrefix,
    List<String> requiredClaim) {

  public static final OpenIdConnect NONE =
      new OpenIdConnect("", "", "", "", List.of(), "", List.of());

  public OpenIdConnect {
    groupsClaim = List.copyOf(groupsClaim);
    requiredClaim = List.copyOf(requiredClaim);
  }
}
