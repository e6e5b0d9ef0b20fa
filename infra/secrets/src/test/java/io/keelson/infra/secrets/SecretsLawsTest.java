package io.keelson.infra.secrets;

import static io.keelson.infra.secrets.TestSecrets.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keelson.commands.ClusterId;
import io.keelson.commands.Id;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.secret.SecretErased;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random sequences of calls against a model in memory: a reference is a function of subject, value
 * and number of erasures; it stays readable until the subject is erased, and never after that.
 */
class SecretsLawsTest {

  private static final int SEEDS = 10;
  private static final int CALLS = 40;

  /** What was kept, by the number of erasures of the subject before. */
  private record Kept(SecretSubject subject, ByteBuffer value, int erasures) {}

  @TestFactory
  Stream<DynamicTest> a_store_behaves_like_its_model() {
    TestSecrets store = TestSecrets.fresh();
    return LongStream.rangeClosed(1, SEEDS)
        .mapToObj(
            seed -> DynamicTest.dynamicTest("seed " + seed, () -> new Run(store, seed).check()));
  }

  private static final class Run {

    private final TestSecrets store;
    private final Random random;
    private final List<SecretSubject> subjects;
    private final Map<SecretSubject, Integer> erasures = new HashMap<>();
    private final Map<Kept, SecretRef> refs = new HashMap<>();

    Run(TestSecrets store, long seed) {
      this.store = store;
      this.random = new Random(seed);
      UUID id = Id.derived("law", Long.toString(seed));
      this.subjects =
          List.of(
              SecretSubject.cluster(new ClusterId(id)),
              SecretSubject.organization(new OrganizationId(id)),
              SecretSubject.principal(id.toString()));
    }

    void check() {
      PostgresSecrets secrets = store.secrets();
      for (int call = 0; call < CALLS; call++) {
        SecretSubject subject = subjects.get(random.nextInt(subjects.size()));
        switch (random.nextInt(10)) {
          case 0 -> erase(secrets, subject);
          case 1 -> secrets = store.another(); // a restart
          default -> keep(secrets, subject);
        }
      }
      for (Map.Entry<Kept, SecretRef> kept : refs.entrySet()) {
        checkOne(secrets, kept.getKey(), kept.getValue());
      }
      checkAll(secrets);
      assertThat(refs.values()).doesNotHaveDuplicates();
    }

    private void erase(PostgresSecrets secrets, SecretSubject subject) {
      secrets.erase(subject);
      erasures.merge(subject, 1, Integer::sum);
    }

    private void keep(PostgresSecrets secrets, SecretSubject subject) {
      byte[] value = value();
      Kept kept = new Kept(subject, ByteBuffer.wrap(value), erasures(subject));
      SecretRef ref = secrets.keep(subject, value);
      @Nullable SecretRef before = refs.put(kept, ref);
      assertThat(ref).isEqualTo(before == null ? ref : before);
    }

    /** Short values repeat often, long ones do not. */
    private byte[] value() {
      if (random.nextBoolean()) {
        return bytes(Integer.toString(random.nextInt(4)));
      }
      byte[] value = new byte[random.nextInt(2000)];
      random.nextBytes(value);
      return value;
    }

    private int erasures(SecretSubject subject) {
      return erasures.getOrDefault(subject, 0);
    }

    private boolean isErased(Kept kept) {
      return kept.erasures() < erasures(kept.subject());
    }

    private void checkOne(PostgresSecrets secrets, Kept kept, SecretRef ref) {
      if (isErased(kept)) {
        assertThatThrownBy(() -> secrets.reveal(ref)).isInstanceOf(SecretErased.class);
      } else {
        assertThat(secrets.reveal(ref)).isEqualTo(kept.value().array());
      }
    }

    private void checkAll(PostgresSecrets secrets) {
      Map<UUID, ByteBuffer> expected = new HashMap<>();
      refs.forEach(
          (kept, ref) -> {
            if (!isErased(kept)) {
              expected.put(ref.id(), kept.value());
            }
          });
      Map<UUID, ByteBuffer> revealed = new HashMap<>();
      secrets
          .revealAll(refs.values())
          .forEach((id, value) -> revealed.put(id, ByteBuffer.wrap(value)));
      assertThat(revealed).isEqualTo(expected);
    }
  }
}
