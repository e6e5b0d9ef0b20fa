package io.keelson.adapters.kafka;

import java.util.regex.Pattern;

/**
 * The names of the topics. They are released, so they never change.
 *
 * @param events the topic of every open event
 * @param intake the topic of the producer {@code local}, used with the embedded Kafka. Every other
 *     producer has a topic of its own: this name, a dot and the producer's name
 */
record TopicNames(String events, String intake) {

  static final TopicNames RELEASED = new TopicNames("keelson.events", "keelson.intake");

  private static final String LOCAL = "local";

  /** Matches every topic of the intake. */
  Pattern intakes(boolean local) {
    String producers = "\\..+";
    return Pattern.compile(Pattern.quote(intake) + (local ? "(" + producers + ")?" : producers));
  }

  /** The producer of an intake topic; the broker authorizes no other. */
  String producerOf(String topic) {
    return topic.equals(intake) ? LOCAL : topic.substring(intake.length() + 1);
  }
}
