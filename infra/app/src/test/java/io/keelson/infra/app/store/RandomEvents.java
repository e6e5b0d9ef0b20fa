package io.keelson.infra.app.store;

import io.keelson.commands.Id;
import io.keelson.commands.KubernetesVersion;
import io.keelson.commands.PoolId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.access.AccessKey;
import io.keelson.commands.operation.Plan;
import io.keelson.commands.operation.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Random events of a kind. There are few different values, so that events often have the same
 * subject.
 */
final class RandomEvents {

  private static final int VALUES = 3;

  private final Random random;
  private final List<Class<? extends Plan>> plans;

  /**
   * @param plans those that a run can have: their type is open
   */
  RandomEvents(long seed, List<Class<? extends Plan>> plans) {
    this.random = new Random(seed);
    this.plans = List.copyOf(plans);
  }

  <E> E next(Class<E> kind) {
    List<Class<?>> leaves = leaves(kind).distinct().toList();
    return kind.cast(record(leaves.get(random.nextInt(leaves.size()))));
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(RandomEvents::leaves)
        : Stream.of(type);
  }

  private @Nullable Object any(RecordComponent component) {
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return nullable && random.nextInt(VALUES) == 0 ? null : any(component.getGenericType());
  }

  private Object any(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      int size = random.nextInt(VALUES);
      if (generic.getRawType() == Map.class) {
        Map<Object, Object> map = new HashMap<>();
        IntStream.range(0, size).forEach(_ -> map.put(any(arguments[0]), any(arguments[1])));
        return map;
      }
      List<Object> list = IntStream.range(0, size).mapToObj(_ -> any(arguments[0])).toList();
      return generic.getRawType() == Set.class ? new HashSet<>(list) : list;
    }
    Class<?> raw = (Class<?>) type;
    if (raw == Plan.class) {
      return record(plans.get(random.nextInt(plans.size())));
    }
    return raw.isSealed() ? next(raw) : raw.isRecord() ? record(raw) : one(raw);
  }

  /** A record of that type with random values. */
  <R> R of(Class<R> type) {
    return type.cast(record(type));
  }

  private Object record(Class<?> type) {
    if (type == AccessKey.class) {
      return new AccessKey("SCW0123456789ABCDEF" + random.nextInt(VALUES));
    }
    if (type == KubernetesVersion.class) {
      return new KubernetesVersion(1, 30 + random.nextInt(VALUES), 0);
    }
    if (type == SecretRef.class) {
      SecretSubject subject = SecretSubject.principal("test");
      return SecretRef.of(subject, "A".repeat(21) + "AQgw".charAt(random.nextInt(VALUES)));
    }
    if (type == Target.class) {
      PoolId pool = new PoolId(Id.derived("test", String.valueOf(random.nextInt(VALUES))));
      return List.of(Target.CONTROL_PLANE, Target.COMPONENTS, Target.pool(pool))
          .get(random.nextInt(VALUES));
    }
    try {
      RecordComponent[] components = type.getRecordComponents();
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(Arrays.stream(components).map(this::any).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no random " + type, e);
    }
  }

  private Object one(Class<?> type) {
    int n = random.nextInt(VALUES);
    if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    }
    return switch (type.getName()) {
      case "java.lang.String" -> List.of("", "one", "two\n\"three\"").get(n);
      case "java.util.UUID" -> Id.derived("test", String.valueOf(n));
      case "java.time.Instant" -> Instant.parse("2026-11-01T12:00:00.123456Z").plusSeconds(n);
      case "java.time.Duration" -> Duration.ofSeconds(n * 61L);
      case "boolean", "java.lang.Boolean" -> random.nextBoolean();
      case "int", "java.lang.Integer" -> n;
      case "long", "java.lang.Long" -> 5_000_000_000L + n;
      case "double" -> n / 10.0;
      default -> throw new IllegalStateException("no random " + type);
    };
  }
}
