package io.keelson.adapters.rest.gateway;

/**
 * The metadata from which clients build resource names.
 *
 * @param domain of {@code srn://k8s.{domain}/...}
 */
public record GatewayMetadata(String platform, String partition, String domain) {}
