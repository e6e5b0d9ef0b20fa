package io.keelson.adapters.rest.openapi;

import io.keelson.adapters.rest.request.Regions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the OpenAPI documents without authentication. Each is built at its first request and then
 * cached.
 */
@RestController
public class OpenApiController {
  /** The paths of the documents. */
  static final String KUBERNETES = "/openapi/kubernetes-v1.json";

  static final String KEELSON = "/openapi/keelson-v1.json";

  private final Operations operations;
  private final Regions regions;
  private final Map<String, byte[]> documents = new ConcurrentHashMap<>();

  OpenApiController(Operations operations, Regions regions) {
    this.operations = operations;
    this.regions = regions;
  }

  @GetMapping(KUBERNETES)
  ResponseEntity<byte[]> kubernetes() {
    return response(
        "Kubernetes API", false, path -> path.startsWith("/k8s/v1/") || path.equals("/metadata"));
  }

  @GetMapping(KEELSON)
  ResponseEntity<byte[]> keelson() {
    return response("Keelson's own API", true, path -> path.startsWith("/keelson/v1/"));
  }

  private ResponseEntity<byte[]> response(String title, boolean own, Predicate<String> paths) {
    byte[] document =
        documents.computeIfAbsent(title, _ -> documents(title, own, operations.of(paths)));
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
  }

  private byte[] documents(String title, boolean own, List<Operation> all) {
    DefaultPrettyPrinter form =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"));
    String text =
        JsonMapper.shared()
            .writer()
            .with(form)
            .writeValueAsString(Document.of(title, own, all, regions));
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
