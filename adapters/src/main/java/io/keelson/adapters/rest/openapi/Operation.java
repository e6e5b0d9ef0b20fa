package io.keelson.adapters.rest.openapi;

import io.keelson.adapters.rest.request.Descriptions.Description;
import java.lang.reflect.Method;

/**
 * One operation of an API.
 *
 * @param id the API's name: {@code CreateCluster}
 * @param tag the subject of the operation
 * @param method in lower case, as in the document
 * @param described what the signature of the handler method does not show
 */
record Operation(
    String id, String tag, String path, String method, Method handler, Description described) {

  boolean changes() {
    return !method.equals("get");
  }
}
