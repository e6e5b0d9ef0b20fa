package io.keelson.adapters.rest.request;

import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.problem.Violation.Reason;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.convert.converter.Converter;

/** The served regions with their zones. It also converts the region of a path. */
public record Regions(Map<String, List<String>> zones) implements Converter<String, Region> {

  // Initialized before ALL, which is validated with it.
  private static final Pattern NAME = Pattern.compile("[a-z]{2}-[a-z]{3}");

  /** All regions of the public API, as of 2026-06. */
  public static final Regions ALL = new Regions(all());

  /**
   * Validates the names, which clients parse.
   *
   * @throws IllegalArgumentException when there is no region, when a region has no zone or another
   *     form than {@code xx-yyy}, or when a zone's name is not that of its region followed by a
   *     number
   */
  public Regions {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    zones.forEach((region, each) -> copy.put(region, List.copyOf(each)));
    zones = Collections.unmodifiableMap(copy);
    if (zones.isEmpty()) {
      throw new IllegalArgumentException("there must be a region");
    }
    zones.forEach(Regions::check);
  }

  /** The first region. */
  public Region first() {
    return convert(zones.keySet().iterator().next());
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
    return new Region(name, found, zones.values().stream().flatMap(List::stream).toList());
  }

  private static void check(String region, List<String> zones) {
    if (!NAME.matcher(region).matches()) {
      throw new IllegalArgumentException(
          "region \"" + region + "\" must have the form xx-yyy, in lower case");
    }
    if (zones.isEmpty()) {
      throw new IllegalArgumentException("region " + region + " must have a zone");
    }
    Pattern form = Pattern.compile(region + "-[1-9]\\d{0,2}");
    Set<String> seen = new HashSet<>();
    for (String zone : zones) {
      if (!form.matcher(zone).matches()) {
        throw new IllegalArgumentException(
            "zone \"%s\" of region %s must have the form %s-<n>".formatted(zone, region, region));
      }
      if (!seen.add(zone)) {
        throw new IllegalArgumentException("zone " + zone + " is listed twice");
      }
    }
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
