package io.keelson.adapters.rest.request;

/**
 * A controller with routes that read a query or a body. It says which reader each of them has, and
 * the readers say the rest.
 */
public interface Described {

  /** Names every handler method that is given the request. */
  void describe(Descriptions routes);
}
