package io.keelson.adapters.rest.openapi;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the page that displays the OpenAPI documents. The page must never load anything from
 * another host.
 */
@RestController
public class DocsController {
  private static final String ONLY_FROM_HERE =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

  @GetMapping("/docs")
  ResponseEntity<Resource> docs() {
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_HTML)
        .header("Content-Security-Policy", ONLY_FROM_HERE)
        .body(new ClassPathResource("static/docs/index.html"));
  }
}
