package io.keelson.infra.eventstore.processor;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How many segments of each processor an instance works on. Pure: instances that see the same live
 * instances compute numbers that add up, whatever their version.
 */
public final class SegmentAssignment {

  private SegmentAssignment() {}

  /**
   * The number of segments of a processor that an instance works on. The remainder of the division
   * is dealt out one segment after another, continued from one processor to the next, so that the
   * totals over all processors differ by as little as possible.
   */
  public static int of(String instance, String processor, Collection<Instance> live, int segments) {
    int dealtOut = 0;
    for (String each : processors(live)) {
      List<String> workers = workers(each, live);
      int remainder = segments % workers.size();
      if (each.equals(processor)) {
        int place = workers.indexOf(instance);
        boolean oneMore = Math.floorMod(place - dealtOut, workers.size()) < remainder;
        return place < 0 ? 0 : segments / workers.size() + (oneMore ? 1 : 0);
      }
      dealtOut += remainder;
    }
    return 0;
  }

  private static Collection<String> processors(Collection<Instance> live) {
    return live.stream()
        .flatMap(instance -> instance.processors().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> workers(String processor, Collection<Instance> live) {
    return live.stream()
        .filter(instance -> instance.processors().contains(processor))
        .map(Instance::name)
        .sorted()
        .toList();
  }
}
