package io.keelson.adapters.rest.gateway;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Returns the metadata of the deployment; it is the same in all regions. */
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
