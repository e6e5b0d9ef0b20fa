package io.keelson.adapters.rest.cluster;

import io.keelson.adapters.rest.problem.Violation.Reason;
import io.keelson.adapters.rest.request.JsonArguments;

/** The internal networks of a new cluster. They can never be changed later. */
record NetworkRequest(Network pods, Network services, String serviceDnsIp) {
  private static final Network PODS = Network.parse("100.64.0.0/15").orElseThrow();
  private static final Network SERVICES = Network.parse("10.32.0.0/20").orElseThrow();
  private static final int MAX_TEXT_LENGTH = 100;

  /** The default address of the DNS service is the tenth of the service network. */
  private static final int DNS = 10;

  static NetworkRequest read(JsonArguments body) {
    Network pods = network(body, "pod_cidr", PODS, 8, 24);
    Network services = network(body, "service_cidr", SERVICES, 8, 28);
    if (pods.overlaps(services)) {
      String at = body.isGiven("service_cidr") ? "service_cidr" : "pod_cidr";
      body.refuse(at, Reason.CONSTRAINT, "pod_cidr and service_cidr must not overlap");
    }
    String fallback = Network.text(services.base() + DNS);
    String dns = body.text("service_dns_ip", MAX_TEXT_LENGTH, fallback);
    Network.address(dns)
        .ifPresentOrElse(
            address -> {
              if (!services.hasHost(address)) {
                body.refuse("service_dns_ip", Reason.CONSTRAINT, "must be inside " + services);
              }
            },
            () -> body.refuse("service_dns_ip", Reason.FORMAT, "must be an IPv4 address"));
    return new NetworkRequest(pods, services, dns);
  }

  private static Network network(
      JsonArguments body, String name, Network otherwise, int widest, int narrowest) {
    String text = body.text(name, MAX_TEXT_LENGTH, otherwise.toString());
    Network network = Network.parse(text).orElse(null);
    if (network == null) {
      body.refuse(name, Reason.FORMAT, "must be an IPv4 network like " + otherwise);
      return otherwise;
    }
    if (network.prefix() < widest || network.prefix() > narrowest) {
      body.refuse(name, Reason.CONSTRAINT, "must be from /" + widest + " to /" + narrowest);
      return otherwise;
    }
    return network;
  }
}
