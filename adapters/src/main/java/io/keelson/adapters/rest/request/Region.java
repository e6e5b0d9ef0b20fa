package io.keelson.adapters.rest.request;

import java.util.List;

/**
 * A region that is served, with its zones; the first is the default.
 *
 * @param allZones the zones of every region that is served, in which pools of a multicloud cluster
 *     may be
 */
public record Region(String name, List<String> zones, List<String> allZones) {

  /** One whose name and zones do not matter: for a reader that only says what it reads. */
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
