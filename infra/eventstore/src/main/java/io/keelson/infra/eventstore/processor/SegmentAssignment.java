package io.keelson.infra.eventstore.processor;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How the segments of all processors are shared among those who work for them. Pure: instances that
 * see the same others come to shares that add up, whatever their version.
 */
public final class SegmentAssignment {

  private SegmentAssignment() {}

  /**
   * How many of a processor's segments an instance takes on. What cannot be divided goes around,
   * one segment after another, so that the totals over all processors differ as little as they can.
   */
  public static int of(String instance, String processor, Collection<Instance> live, int segments) {
    int handedOut = 0;
    for (String each : processors(live)) {
      List<String> willing = willing(each, live);
      int left = segments % willing.size();
      if (each.equals(processor)) {
        int place = willing.indexOf(instance);
        boolean oneMore = Math.floorMod(place - handedOut, willing.size()) < left;
        return place < 0 ? 0 : segments / willing.size() + (oneMore ? 1 : 0);
      }
      handedOut += left;
    }
    return 0;
  }

  private static Collection<String> processors(Collection<Instance> live) {
    return live.stream()
        .flatMap(instance -> instance.processors().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> willing(String processor, Collection<Instance> live) {
    return live.stream()
        .filter(instance -> instance.processors().contains(processor))
        .map(Instance::name)
        .sorted()
        .toList();
  }
}
