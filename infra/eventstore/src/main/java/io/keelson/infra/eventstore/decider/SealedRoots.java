package io.keelson.infra.eventstore.decider;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A family of types that is listed completely: everything below some sealed roots. A type below a
 * root may itself be open ({@code non-sealed}), since the permitted types of a sealed one have to
 * be in its package; then another root has to be below that type.
 */
record SealedRoots<T>(List<Class<? extends T>> roots) {

  SealedRoots {
    roots = List.copyOf(roots);
  }

  /**
   * Every final type of the family, each once.
   *
   * @throws IllegalArgumentException when a type is open and no root is below it
   */
  List<Class<? extends T>> leaves() {
    Set<Class<? extends T>> leaves = new LinkedHashSet<>();
    roots.forEach(root -> collect(root, root, leaves));
    return List.copyOf(leaves);
  }

  private void collect(Class<? extends T> root, Class<?> type, Set<Class<? extends T>> leaves) {
    if (type.isSealed()) {
      Arrays.stream(type.getPermittedSubclasses()).forEach(sub -> collect(root, sub, leaves));
    } else if (Modifier.isFinal(type.getModifiers())) {
      leaves.add(type.asSubclass(root));
    } else if (roots.stream().noneMatch(other -> other != type && type.isAssignableFrom(other))) {
      throw new IllegalArgumentException(
          "%s is not sealed, and none of the roots %s is below it: its kinds are not known"
              .formatted(type.getName(), roots.stream().map(Class::getName).toList()));
    }
  }

  /**
   * The object as a member of the family.
   *
   * @throws ClassCastException when it is none
   */
  T cast(Object object) {
    for (Class<? extends T> root : roots) {
      if (root.isInstance(object)) {
        return root.cast(object);
      }
    }
    throw new ClassCastException(object.getClass().getName() + " is below none of " + roots);
  }
}
