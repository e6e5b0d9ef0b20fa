package io.keelson.projections;

import java.util.Set;
import java.util.TreeSet;

/** All records of sealed interfaces, so that a table of cases can be proven complete. */
public final class Leaves {

  private Leaves() {}

  /** An open interface among them has no records here: its families are sealed elsewhere. */
  public static Set<String> of(Class<?>... sealed) {
    Set<String> names = new TreeSet<>();
    for (Class<?> type : sealed) {
      if (type.isSealed()) {
        names.addAll(of(type.getPermittedSubclasses()));
      } else if (!type.isInterface()) {
        names.add(type.getSimpleName());
      }
    }
    return names;
  }
}
