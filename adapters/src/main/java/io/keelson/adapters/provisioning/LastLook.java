package io.keelson.adapters.provisioning;

/**
 * What the observer of a cluster keeps from one look to the next, whichever instance takes it.
 *
 * @param fingerprint of what was last recorded; empty: nothing was
 * @param pauseMillis how long it waited before this look
 */
record LastLook(String fingerprint, long pauseMillis) {

  static final LastLook NONE = new LastLook("", 0);
}
