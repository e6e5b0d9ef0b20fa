package io.keelson.adapters.rest.request;

import java.util.List;

/** A region that is served, with its zones; the first is the default. */
public record Region(String name, List<String> zones) {

  public Region {
    zones = List.copyOf(zones);
  }

  public String defaultZone() {
    return zones.getFirst();
  }

  @Override
  public String toString() {
    return name;
  }
}
