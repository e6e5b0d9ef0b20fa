package io.keelson.adapters.rest.gateway;

/**
 * What clients make the names of resources from.
 *
 * @param domain of {@code srn://k8s.{domain}/...}
 */
public record GatewayMetadata(String platform, String partition, String domain) {}
