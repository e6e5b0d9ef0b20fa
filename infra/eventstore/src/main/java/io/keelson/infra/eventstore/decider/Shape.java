package io.keelson.infra.eventstore.decider;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A fingerprint of the types that a state is made of. When it differs, a stored state must not be
 * read. It does not show a change of {@code evolve}; for that, a revision is raised by hand.
 */
final class Shape {

  private final Set<Class<?>> seen = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  private Shape() {}

  /**
   * The fingerprint of everything below some roots.
   *
   * @param roots each sealed, or a record; of a type that is not sealed only its name counts, so
   *     what is below it has to be a root too
   */
  static String of(List<? extends Class<?>> roots, int revision) {
    return sha256(describe(roots, revision));
  }

  /** The text that the fingerprint is made of. */
  static String describe(List<? extends Class<?>> roots, int revision) {
    Shape shape = new Shape();
    shape.text.append("revision ").append(revision).append('\n');
    roots.forEach(shape::visit);
    return shape.text.toString();
  }

  private void visit(Type type) {
    if (type instanceof ParameterizedType generic) {
      visit(generic.getRawType());
      Arrays.stream(generic.getActualTypeArguments()).forEach(this::visit);
    } else if (type instanceof Class<?> seenNow && seen.add(seenNow)) {
      describe(seenNow);
    }
  }

  private void describe(Class<?> type) {
    text.append(type.getName());
    if (type.isSealed()) {
      text.append(" is one of ").append(Arrays.toString(type.getPermittedSubclasses()));
      Arrays.stream(type.getPermittedSubclasses()).forEach(this::visit);
    } else if (type.isEnum()) {
      text.append(" is one of ").append(Arrays.toString(type.getEnumConstants()));
    } else if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        text.append("\n  ").append(component.getName()).append(' ');
        text.append(component.getGenericType().getTypeName());
      }
      text.append('\n');
      Arrays.stream(type.getRecordComponents()).forEach(c -> visit(c.getGenericType()));
    }
    text.append('\n');
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
