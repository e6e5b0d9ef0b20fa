package io.keelson.adapters.rest.response;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A file in the JSON format of the API; its content is written as base64. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@SuppressWarnings("ArrayRecordComponent") // it exists only until it is written
public record FileResponse(String name, String contentType, byte[] content) {

  /**
   * The response with a file.
   *
   * @param raw true: the body is the content alone, without JSON
   */
  public static ResponseEntity<Object> of(String name, byte[] content, boolean raw) {
    return raw
        ? ResponseEntity.ok().contentType(MediaType.APPLICATION_OCTET_STREAM).body(content)
        : ResponseEntity.ok()
            .contentType(MediaType.APPLICATION_JSON)
            .body(new FileResponse(name, MediaType.APPLICATION_OCTET_STREAM_VALUE, content));
  }
}
