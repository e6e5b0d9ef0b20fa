package io.keelson.adapters.rest.request;

/**
 * A controller whose routes read a query or a body. It names the reader of each route, and the
 * readers describe what they read.
 */
public interface Described {

  /** Names every handler method that has the request as a parameter. */
  void describe(Descriptions routes);
}
