package io.keelson.adapters.provisioning;

import io.keelson.commands.Id;
import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.secret.SecretErased;
import io.keelson.commands.secret.SecretUnreadable;
import io.keelson.commands.secret.Secrets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Secrets in memory, which can be erased, or be unreadable for a while. */
final class MemorySecrets implements Secrets {

  private final Map<UUID, byte[]> values = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean unreadable;

  void unreadable(boolean now) {
    unreadable = now;
  }

  int reads() {
    return reads.get();
  }

  @Override
  public SecretRef keep(SecretSubject subject, byte[] value) {
    byte[] mac = new byte[16];
    long hash = Id.derived(Base64.getEncoder().encodeToString(value)).getMostSignificantBits();
    for (int i = 0; i < 8; i++) {
      mac[i] = (byte) (hash >>> (8 * i));
    }
    SecretRef ref =
        SecretRef.of(subject, Base64.getUrlEncoder().withoutPadding().encodeToString(mac));
    values.put(ref.id(), value);
    return ref;
  }

  @Override
  public byte[] reveal(SecretRef ref) {
    byte[] value = revealAll(List.of(ref)).get(ref.id());
    if (value == null) {
      throw new SecretErased(ref);
    }
    return value;
  }

  @Override
  public Map<UUID, byte[]> revealAll(Collection<SecretRef> refs) {
    reads.incrementAndGet();
    Map<UUID, byte[]> found = new HashMap<>();
    for (SecretRef ref : refs) {
      if (unreadable) {
        throw new SecretUnreadable(ref);
      }
      byte[] value = values.get(ref.id());
      if (value != null) {
        found.put(ref.id(), value);
      }
    }
    return found;
  }

  @Override
  public void erase(SecretSubject subject) {
    values.clear();
  }
}
