package io.keelson.adapters.rest.request;

import java.util.List;

/**
 * A served region with its zones; the first zone is the default.
 *
 * @param allZones the zones of all served regions; a pool of a multicloud cluster may be in any of
 *     them
 */
public record Region(String name, List<String> zones, List<String> allZones) {

  /** Any region: for a reader that only describes what it reads. */
  public static final Region ANY = new Region("", List.of(""), List.of(""));

  public Region {
    zones = List.copyOf(zones);
    allZones = List.copyOf(allZones);
  }

  public String defaultZone() {
    return zones.getFirst();
  }

  @Override
  public String toString() {
    return name;
  }
}
