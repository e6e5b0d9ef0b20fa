package io.keelson.infra.eventstore.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentAssignmentTest {

  private static final int SEGMENTS = 4;
  private static final Set<String> PROCESSORS = Set.of("access", "catalogue", "processes");

  @Test
  void one_instance_works_on_everything() {
    assertThat(SegmentAssignment.of("a", "access", live("a"), SEGMENTS)).isEqualTo(4);
  }

  @Test
  void two_instances_work_on_half_of_each() {
    for (String processor : PROCESSORS) {
      assertThat(SegmentAssignment.of("a", processor, live("a", "b"), SEGMENTS)).isEqualTo(2);
      assertThat(SegmentAssignment.of("b", processor, live("a", "b"), SEGMENTS)).isEqualTo(2);
    }
  }

  @Test
  void the_remainder_is_dealt_out_in_turn() {
    List<Instance> live = live("a", "b", "c");

    assertThat(totals(live)).containsExactly(4, 4, 4);
    assertThat(live)
        .allSatisfy(
            instance ->
                assertThat(PROCESSORS)
                    .allMatch(p -> SegmentAssignment.of(instance.name(), p, live, SEGMENTS) > 0));
  }

  @Test
  void every_instance_has_a_segment_as_long_as_there_are_enough() {
    assertThat(totals(live("a", "b", "c", "d", "e", "f"))).containsOnly(2);
  }

  @Test
  void an_instance_that_has_not_joined_works_on_nothing() {
    assertThat(SegmentAssignment.of("x", "access", live("a", "b"), SEGMENTS)).isZero();
    assertThat(SegmentAssignment.of("x", "access", List.of(), SEGMENTS)).isZero();
  }

  @Test
  void a_processor_is_assigned_only_to_instances_that_work_for_it() {
    List<Instance> live =
        List.of(
            new Instance("new", Set.of("access", "processes", "ledger")),
            new Instance("old", Set.of("access")));

    assertThat(SegmentAssignment.of("new", "ledger", live, SEGMENTS)).isEqualTo(4);
    assertThat(SegmentAssignment.of("old", "ledger", live, SEGMENTS)).isZero();
    assertThat(SegmentAssignment.of("old", "processes", live, SEGMENTS)).isZero();
    assertThat(SegmentAssignment.of("old", "access", live, SEGMENTS)).isEqualTo(2);
  }

  /** For any live instances in any order, every segment is assigned once. */
  @Test
  void assignments_add_up_and_differ_by_at_most_one() {
    Random random = new Random(20261126);
    for (int round = 0; round < 500; round++) {
      List<Instance> live = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(9); i++) {
        Set<String> some =
            PROCESSORS.stream().filter(_ -> random.nextInt(4) > 0).collect(Collectors.toSet());
        live.add(new Instance("instance-" + random.nextInt(), some));
      }
      for (String processor : PROCESSORS) {
        List<Integer> shares = shares(processor, live, random);
        if (shares.isEmpty()) {
          continue;
        }
        assertThat(shares.stream().mapToInt(Integer::intValue).sum()).isEqualTo(SEGMENTS);
        assertThat(Collections.max(shares) - Collections.min(shares)).isLessThanOrEqualTo(1);
      }
    }
  }

  private static List<Integer> shares(String processor, List<Instance> live, Random random) {
    return live.stream()
        .filter(instance -> instance.processors().contains(processor))
        .map(
            instance -> {
              List<Instance> seen = new ArrayList<>(live);
              Collections.shuffle(seen, random);
              return SegmentAssignment.of(instance.name(), processor, seen, SEGMENTS);
            })
        .toList();
  }

  private static List<Integer> totals(List<Instance> live) {
    return live.stream()
        .map(
            instance ->
                PROCESSORS.stream()
                    .mapToInt(p -> SegmentAssignment.of(instance.name(), p, live, SEGMENTS))
                    .sum())
        .toList();
  }

  private static List<Instance> live(String... names) {
    return IntStream.range(0, names.length)
        .mapToObj(i -> new Instance(names[i], PROCESSORS))
        .toList();
  }
}
