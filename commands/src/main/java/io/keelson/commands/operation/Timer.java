package io.keelson.commands.operation;

/**
 * What a run can be woken by. A timer that fires is compared with the state of its run: one that is
 * stale changes nothing.
 */
public sealed interface Timer {

  /**
   * The progress deadline.
   *
   * @param setting from 1; grows with each extension, so that an earlier setting is stale
   */
  record ProgressDeadline(int setting) implements Timer {}

  /** The text that {@link #parse} reads. */
  default String encode() {
    return switch (this) {
      case ProgressDeadline t -> "progress-deadline/" + t.setting();
    };
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when the text is not a timer
   */
  static Timer parse(String text) {
    String prefix = "progress-deadline/";
    if (text.startsWith(prefix)) {
      return new ProgressDeadline(Integer.parseInt(text.substring(prefix.length())));
    }
    throw new IllegalArgumentException("not a timer: " + text);
  }
}
