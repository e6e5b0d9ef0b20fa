package io.keelson.adapters.kafka;

/** Something that came in cannot be taken as it is: it goes to quarantine. */
final class Unacceptable extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why, for programs: the names are kept in the database, so they never change. */
  enum Reason {
    /** No CloudEvent, or not the data that its type asks for. */
    MALFORMED,
    /** A type that nobody here takes. */
    UNKNOWN_TYPE,
    /** It is about something that never existed. */
    UNKNOWN_SUBJECT,
    /** Its producer may not speak for that source, type or organization. */
    FOREIGN,
    /** Its subject refused it. */
    REFUSED,
    /** It failed again and again, for a reason that lies with us. */
    FAILED
  }

  private final Reason reason;

  Unacceptable(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
