package io.keelson.adapters.rest.gateway;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells clients about the deployment that they talk to; it is the same for all regions. */
@RestController
public class MetadataController {
  private final GatewayMetadata metadata;

  public MetadataController(GatewayMetadata metadata) {
    this.metadata = metadata;
  }

  @GetMapping("/metadata")
  GatewayMetadata getMetadata() {
    return metadata;
  }
}
