package io.keelson.infra.secrets;

import static io.keelson.infra.secrets.TestSecrets.bytes;
import static io.keelson.infra.secrets.TestSecrets.cluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.secret.SecretErased;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SecretsConcurrencyTest {

  private static final int INSTANCES = 8;

  private final TestSecrets store = TestSecrets.fresh();

  @Test
  void instances_that_make_the_keys_of_a_subject_at_the_same_time_agree() throws Exception {
    List<PostgresSecrets> instances = Stream.generate(store::another).limit(INSTANCES).toList();
    for (int round = 1; round <= 10; round++) {
      SecretSubject subject = cluster();
      CyclicBarrier start = new CyclicBarrier(INSTANCES);

      List<SecretRef> refs =
          together(
              thread ->
                  () -> {
                    start.await();
                    return instances.get(thread).keep(subject, bytes("value"));
                  });

      assertThat(refs).containsOnly(refs.getFirst());
      assertThat(store.secrets().reveal(refs.getFirst())).isEqualTo(bytes("value"));
      assertThat(store.count("keyset")).isEqualTo(round);
      assertThat(store.count("secret")).isEqualTo(round);
    }
  }

  @Test
  void a_value_that_is_kept_during_erasures_is_readable_or_erased() throws Exception {
    SecretSubject subject = cluster();
    Map<SecretRef, String> kept = new ConcurrentHashMap<>();

    together(
        thread -> {
          PostgresSecrets instance = store.another();
          return () -> {
            for (int i = 0; i < 30; i++) {
              String value = "value-" + i;
              SecretRef ref = instance.keep(subject, bytes(value));
              kept.put(ref, value);
              if (thread == 0 && i % 4 == 0) {
                instance.erase(subject);
              } else {
                assertReadableOrErased(instance, ref, value);
              }
            }
            return true;
          };
        });

    kept.forEach((ref, value) -> assertReadableOrErased(store.secrets(), ref, value));
    store.secrets().erase(subject);
    kept.keySet()
        .forEach(
            ref ->
                assertThatThrownBy(() -> store.secrets().reveal(ref))
                    .isInstanceOf(SecretErased.class));
  }

  private static void assertReadableOrErased(
      PostgresSecrets instance, SecretRef ref, String value) {
    byte[] revealed = instance.revealAll(List.of(ref)).get(ref.id());
    assertThat(revealed == null ? bytes(value) : revealed).isEqualTo(bytes(value));
  }

  private static <T> List<T> together(IntFunction<Callable<T>> work) throws Exception {
    List<Future<T>> running = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(INSTANCES)) {
      for (int i = 0; i < INSTANCES; i++) {
        running.add(threads.submit(work.apply(i)));
      }
    }
    List<T> results = new ArrayList<>();
    for (Future<T> one : running) {
      results.add(one.get());
    }
    return results;
  }
}
