package io.keelson.projections;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** All records of a sealed interface, so that a table of cases can be proven complete. */
public final class Leaves {

  private Leaves() {}

  public static Set<String> of(Class<?> sealed) {
    Set<String> names = new TreeSet<>();
    if (sealed.isSealed()) {
      Arrays.stream(sealed.getPermittedSubclasses()).map(Leaves::of).forEach(names::addAll);
    } else {
      names.add(sealed.getSimpleName());
    }
    return names;
  }
}
