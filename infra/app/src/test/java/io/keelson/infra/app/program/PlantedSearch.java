package io.keelson.infra.app.program;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds all planted values in one pass over the bytes. */
final class PlantedSearch {

  /** A planted value in one of its forms. */
  record Found(PlantedValue planted, String form) {

    @Override
    public String toString() {
      return planted + " (" + form + ")";
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Needle(Found found, byte[] bytes) {}

  /** By the first four bytes. */
  private final Map<Integer, List<Needle>> needles = new HashMap<>();

  /** The first two bytes of all needles. */
  private final boolean[] beginnings = new boolean[1 << 16];

  PlantedSearch(Collection<PlantedValue> values) {
    for (PlantedValue planted : values) {
      Set<ByteBuffer> known = new HashSet<>();
      planted
          .forms()
          .forEach(
              (form, bytes) -> {
                if (known.add(ByteBuffer.wrap(bytes))) {
                  add(new Needle(new Found(planted, form), bytes));
                }
              });
    }
  }

  private void add(Needle needle) {
    beginnings[firstTwo(needle.bytes(), 0)] = true;
    needles.computeIfAbsent(firstFour(needle.bytes(), 0), _ -> new ArrayList<>()).add(needle);
  }

  /** What the bytes contain. */
  List<Found> in(byte[] bytes) {
    List<Found> found = new ArrayList<>();
    for (int at = 0; at + 4 <= bytes.length; at++) {
      if (beginnings[firstTwo(bytes, at)]) {
        for (Needle needle : needles.getOrDefault(firstFour(bytes, at), List.of())) {
          if (isAt(needle.bytes(), bytes, at) && !found.contains(needle.found())) {
            found.add(needle.found());
          }
        }
      }
    }
    return found;
  }

  private static int firstTwo(byte[] bytes, int at) {
    return ((bytes[at] & 255) << 8) | (bytes[at + 1] & 255);
  }

  private static int firstFour(byte[] bytes, int at) {
    return (firstTwo(bytes, at) << 16) | firstTwo(bytes, at + 2);
  }

  private static boolean isAt(byte[] needle, byte[] bytes, int at) {
    return bytes.length - at >= needle.length
        && Arrays.equals(needle, 0, needle.length, bytes, at, at + needle.length);
  }
}
