package io.keelson.adapters.kafka;

/** A record of another service cannot be processed and goes to quarantine. */
final class Unacceptable extends Exception {

  private static final long serialVersionUID = 1L;

  /** The reason, for programs. The names are stored, so they never change. */
  enum Reason {
    /** The record is no CloudEvent, or its data do not have the form that its type requires. */
    MALFORMED,
    /** No handler is known for the type. */
    UNKNOWN_TYPE,
    /** The resource that the event is about never existed. */
    UNKNOWN_SUBJECT,
    /** The producer is not authorized for the source, the type or the organization. */
    FOREIGN,
    /** The stream of the resource has rejected it. */
    REFUSED,
    /** It failed repeatedly, for a reason that is a fault of this program. */
    FAILED
  }

  private final Reason reason;

  Unacceptable(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  static Unacceptable malformed(String detail) {
    return new Unacceptable(Reason.MALFORMED, detail);
  }

  Reason reason() {
    return reason;
  }
}
