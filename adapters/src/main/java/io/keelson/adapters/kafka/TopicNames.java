package io.keelson.adapters.kafka;

import java.util.regex.Pattern;

/**
 * What the topics are called; released, so they never change.
 *
 * @param events where every open event goes
 * @param intake where the embedded default's one producer writes, {@code local}; any other has the
 *     topic of that name with a dot and its own name behind it
 */
record TopicNames(String events, String intake) {

  static final TopicNames RELEASED = new TopicNames("keelson.events", "keelson.intake");

  private static final String LOCAL = "local";

  /** Every topic of the intake. */
  Pattern intakes(boolean local) {
    String producers = "\\..+";
    return Pattern.compile(Pattern.quote(intake) + (local ? "(" + producers + ")?" : producers));
  }

  /** Who writes to a topic of the intake: the broker lets nobody else. */
  String producerOf(String topic) {
    return topic.equals(intake) ? LOCAL : topic.substring(intake.length() + 1);
  }
}
