package io.keelson.infra.eventstore.codec;

import io.keelson.commands.ClusterAction;
import io.keelson.commands.DomainEvent;
import io.keelson.commands.Id;
import io.keelson.commands.SecretRef;
import io.keelson.commands.access.AccessKey;
import io.keelson.commands.access.PermissionSet;
import io.keelson.commands.operation.OperationKind;
import io.keelson.commands.operation.Plan;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sample events with a value in every component. The values are derived from the names of the
 * components, so they never change. A component of a sealed type has one sample for each kind.
 */
final class Samples {

  /** How many constants an enum that grows had in its first files, so that these stay valid. */
  private static final Map<Class<?>, Integer> AT_FIRST =
      Map.of(PermissionSet.class, 4, ClusterAction.class, 1, OperationKind.class, 9);

  private Samples() {}

  /** Samples of one event by name; the name of the first one is empty. */
  static Map<String, DomainEvent> of(Class<? extends DomainEvent> event) {
    Map<String, DomainEvent> samples = new LinkedHashMap<>();
    for (Object sample : all(event, "")) {
      samples.put(samples.isEmpty() ? "" : "-" + samples.size(), (DomainEvent) sample);
    }
    return samples;
  }

  private static List<?> all(Type type, String path) {
    if (type instanceof ParameterizedType generic) {
      return allGeneric(generic, path);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == Plan.class) {
      return EventTypes.plans().stream().<Object>flatMap(kind -> all(kind, path).stream()).toList();
    }
    if (raw == SecretRef.class) {
      return List.of(new SecretRef(Id.derived(path), "AAAAAAAAAAAAAAAAAAAAAA"));
    }
    if (raw.isSealed()) {
      return Arrays.stream(raw.getPermittedSubclasses())
          .<Object>flatMap(kind -> all(kind, path).stream())
          .toList();
    }
    return raw.isRecord() && raw != AccessKey.class
        ? allRecords(raw, path)
        : List.of(one(raw, path));
  }

  private static List<?> allGeneric(ParameterizedType type, String path) {
    List<?> last =
        all(type.getActualTypeArguments()[type.getActualTypeArguments().length - 1], path);
    if (type.getRawType() == Map.class) {
      Object key = all(type.getActualTypeArguments()[0], path + ".key").getFirst();
      return last.stream().map(value -> Map.of(key, value)).toList();
    }
    return type.getRawType() == Set.class
        ? last.stream().map(Set::of).toList()
        : last.stream().map(List::of).toList();
  }

  /** One sample with the first kind of each component, and one more for each other kind. */
  private static List<?> allRecords(Class<?> type, String path) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] firsts = new Object[components.length];
    List<Object[]> others = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      List<?> kinds = all(components[i].getGenericType(), path + "." + components[i].getName());
      firsts[i] = kinds.getFirst();
      for (Object kind : kinds.subList(1, kinds.size())) {
        Object[] other = new Object[components.length];
        other[i] = kind;
        others.add(other);
      }
    }
    List<Object> records = new ArrayList<>();
    records.add(make(type, firsts));
    for (Object[] other : others) {
      for (int i = 0; i < other.length; i++) {
        other[i] = other[i] == null ? firsts[i] : other[i];
      }
      records.add(make(type, other));
    }
    return records;
  }

  private static Object make(Class<?> type, Object[] values) {
    try {
      Class<?>[] parameters =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no sample of " + type, e);
    }
  }

  private static Object one(Class<?> type, String path) {
    int number = 1 + Math.floorMod(path.hashCode(), 9);
    if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[number % Math.min(constants.length, AT_FIRST.getOrDefault(type, 99))];
    }
    return switch (type.getName()) {
      case "java.lang.String" -> path.substring(1);
      case "java.util.UUID" -> Id.derived(path);
      case "io.keelson.commands.access.AccessKey" -> new AccessKey("SCW0123456789ABCDEFG");
      case "java.time.Instant" -> Instant.parse("2026-11-01T12:00:00.123456Z").plusSeconds(number);
      case "java.time.Duration" -> Duration.ofSeconds(number * 61L);
      case "boolean", "java.lang.Boolean" -> true;
      case "int", "java.lang.Integer" -> number;
      case "long" -> 5_000_000_000L + number;
      case "double" -> number / 10.0;
      default -> throw new IllegalStateException("no sample of " + type + " at " + path);
    };
  }
}
