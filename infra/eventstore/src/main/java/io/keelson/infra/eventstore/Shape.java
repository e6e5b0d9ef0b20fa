package io.keelson.infra.eventstore;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * A fingerprint of everything that a state is made of: another one means that what was kept of it
 * must not be read. What it cannot see, a change of what events mean, has a revision set by hand.
 */
final class Shape {

  private final Set<Class<?>> seen = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  private Shape() {}

  static String of(Class<?> state, int revision) {
    return sha256(describe(state, revision));
  }

  /** What the fingerprint is of. */
  static String describe(Class<?> state, int revision) {
    Shape shape = new Shape();
    shape.text.append("revision ").append(revision).append('\n');
    shape.look(state);
    return shape.text.toString();
  }

  private void look(Type type) {
    if (type instanceof ParameterizedType generic) {
      look(generic.getRawType());
      Arrays.stream(generic.getActualTypeArguments()).forEach(this::look);
    } else if (type instanceof Class<?> seenNow && seen.add(seenNow)) {
      describe(seenNow);
    }
  }

  private void describe(Class<?> type) {
    text.append(type.getName());
    if (type.isSealed()) {
      text.append(" is one of ").append(Arrays.toString(type.getPermittedSubclasses()));
      Arrays.stream(type.getPermittedSubclasses()).forEach(this::look);
    } else if (type.isEnum()) {
      text.append(" is one of ").append(Arrays.toString(type.getEnumConstants()));
    } else if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        text.append("\n  ").append(component.getName()).append(' ');
        text.append(component.getGenericType().getTypeName());
      }
      text.append('\n');
      Arrays.stream(type.getRecordComponents()).forEach(c -> look(c.getGenericType()));
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
