package io.keelson.adapters.rest.request;

import java.util.List;

/** A region that is served, with its zones; the first is the default. */
public record Region(String name, List<String> zones) {

  /** One whose name and zones do not matter: for a reader that only says what it reads. */
  public static final Region ANY = new Region("", List.of(""));

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
