package io.keelson.infra.secrets;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The references of recently stored values of principals: the same addresses and user agents come
 * with every call. It never holds a value. After an erasure by another instance it may return a
 * reference to an erased secret for a minute, so values of other subjects, which are needed later,
 * are not cached.
 */
final class RefCache {

  private static final int MAX_REFS = 10_000;
  private static final Duration MAX_AGE = Duration.ofSeconds(60);

  private record Key(SecretSubject subject, ByteBuffer digest) {}

  private final Cache<Key, SecretRef> refs =
      Caffeine.newBuilder()
          .maximumSize(MAX_REFS)
          .expireAfterWrite(MAX_AGE)
          .executor(Runnable::run)
          .build();

  @Nullable SecretRef get(SecretSubject subject, byte[] value) {
    return subject.isPrincipal() ? refs.getIfPresent(key(subject, value)) : null;
  }

  void put(SecretSubject subject, byte[] value, SecretRef ref) {
    if (subject.isPrincipal()) {
      refs.put(key(subject, value), ref);
    }
  }

  void remove(SecretSubject subject) {
    refs.asMap().keySet().removeIf(key -> key.subject().equals(subject));
  }

  private static Key key(SecretSubject subject, byte[] value) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(value);
      return new Key(subject, ByteBuffer.wrap(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }
}
