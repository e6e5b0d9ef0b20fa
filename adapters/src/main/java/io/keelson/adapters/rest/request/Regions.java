package io.keelson.adapters.rest.request;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.convert.converter.Converter;

/** The regions that are served, with their zones; also what reads the region of a path. */
public record Regions(Map<String, List<String>> zones) implements Converter<String, Region> {

  /** All regions of the field, as of 2026-06. */
  public static final Regions ALL = new Regions(all());

  public Regions {
    zones = new LinkedHashMap<>(zones);
    if (zones.isEmpty() || zones.values().stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("at least one region, and each with a zone: " + zones);
    }
  }

  /**
   * @throws Refused when no such region is served
   */
  @Override
  public Region convert(String name) {
    List<String> found = zones.get(name);
    if (found == null) {
      throw new Refused(
          Problem.invalidArgument(
              "region", Reason.CONSTRAINT, "must be one of " + String.join(", ", zones.keySet())));
    }
    return new Region(name, found);
  }

  private static Map<String, List<String>> all() {
    Map<String, List<String>> zones = new LinkedHashMap<>();
    zones.put("fr-par", List.of("fr-par-1", "fr-par-2", "fr-par-3"));
    zones.put("nl-ams", List.of("nl-ams-1", "nl-ams-2", "nl-ams-3"));
    zones.put("pl-waw", List.of("pl-waw-1", "pl-waw-2", "pl-waw-3"));
    zones.put("it-mil", List.of("it-mil-1"));
    return zones;
  }
}
