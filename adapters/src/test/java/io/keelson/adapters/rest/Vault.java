package io.keelson.adapters.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keelson.commands.SecretRef;
import io.keelson.commands.SecretSubject;
import io.keelson.commands.secret.SecretErased;
import io.keelson.commands.secret.SecretUnknown;
import io.keelson.commands.secret.Secrets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Secrets in memory, for texts alone. Those of earlier tests stay, as their events do. */
public final class Vault implements Secrets {

  /** Who kept what, in order, repetitions included. */
  public record Kept(SecretSubject subject, String value) {
    public byte[] bytes() {
      return value.getBytes(UTF_8);
    }
  }

  public final List<Kept> kept = new ArrayList<>();

  /** How many values each call of {@link #revealAll} was for. */
  public final List<Integer> pages = new ArrayList<>();

  private final Map<UUID, Kept> stored = new LinkedHashMap<>();
  private final Set<SecretSubject> erased = new HashSet<>();

  synchronized void reset() {
    kept.clear();
    pages.clear();
    erased.clear();
  }

  @Override
  public synchronized SecretRef keep(SecretSubject subject, byte[] value) {
    Kept text = new Kept(subject, new String(value, UTF_8));
    kept.add(text);
    erased.remove(subject);
    SecretRef ref = SecretRef.of(subject, mac(subject, value));
    stored.put(ref.id(), text);
    return ref;
  }

  @Override
  public synchronized byte[] reveal(SecretRef ref) {
    Kept found = stored.get(ref.id());
    if (found == null) {
      throw new SecretUnknown(ref);
    }
    if (erased.contains(found.subject())) {
      throw new SecretErased(ref);
    }
    return found.bytes();
  }

  @Override
  public synchronized Map<UUID, byte[]> revealAll(Collection<SecretRef> refs) {
    pages.add(refs.size());
    Map<UUID, byte[]> values = new LinkedHashMap<>();
    for (SecretRef ref : refs) {
      try {
        values.put(ref.id(), reveal(ref));
      } catch (SecretErased _) {
        // an erased value is absent
      }
    }
    return values;
  }

  @Override
  public synchronized void erase(SecretSubject subject) {
    erased.add(subject);
  }

  /** Makes a value unknown, as damage to the store would. */
  public synchronized void lose(SecretRef ref) {
    stored.remove(ref.id());
  }

  private static String mac(SecretSubject subject, byte[] value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(subject.value().getBytes(UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(digest.digest(value), 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
