package io.keelson.adapters.kafka;

import java.util.List;
import java.util.Map;

/**
 * Which events each producer may send. The broker authenticates producers; these rules authorize
 * them. A producer without a rule may send nothing.
 *
 * @param local whether the topic without a producer's name is read; true for the embedded Kafka
 */
public record IntakeRules(boolean local, Map<String, Allowance> producers) {

  private static final String LOCAL = "local";
  private static final Allowance NOTHING = new Allowance(List.of(), List.of(), List.of());

  /**
   * What one producer may send. {@code *} alone, or at the end of a value, matches any text.
   *
   * @param sources of CloudEvents
   * @param types of CloudEvents
   * @param organizations ids of the organizations whose resources the events may be about
   */
  public record Allowance(List<String> sources, List<String> types, List<String> organizations) {

    /** Everything, for a producer that is part of the platform. */
    public static final Allowance ALL = new Allowance(List.of("*"), List.of("*"), List.of("*"));

    public Allowance {
      sources = List.copyOf(sources);
      types = List.copyOf(types);
      organizations = List.copyOf(organizations);
    }

    boolean source(String source) {
      return allows(sources, source);
    }

    boolean type(String type) {
      return allows(types, type);
    }

    boolean allOrganizations() {
      return organizations.contains("*");
    }

    boolean organization(String organization) {
      return allows(organizations, organization);
    }

    private static boolean allows(List<String> patterns, String value) {
      return patterns.stream()
          .anyMatch(
              pattern ->
                  pattern.endsWith("*")
                      ? value.startsWith(pattern.substring(0, pattern.length() - 1))
                      : value.equals(pattern));
    }
  }

  public IntakeRules {
    producers = Map.copyOf(producers);
  }

  Allowance of(String producer) {
    return producers.getOrDefault(producer, producer.equals(LOCAL) ? Allowance.ALL : NOTHING);
  }
}
