package io.keelson.infra.eventstore.decider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@SuppressWarnings("SameNameButDifferent") // the versions of one type have the same name
class ShapeTest {

  /** A state, and its versions after one change each, in a nested type. */
  interface Before {
    record State(List<Part> parts) {}

    sealed interface Part {}

    record Wheel(int size, Colour colour) implements Part {}

    enum Colour {
      RED
    }
  }

  interface AnotherComponent {
    record State(List<Part> parts) {}

    sealed interface Part {}

    record Wheel(int size, Colour colour, boolean spare) implements Part {}

    enum Colour {
      RED
    }
  }

  interface AnotherType {
    record State(List<Part> parts) {}

    sealed interface Part {}

    record Wheel(long size, Colour colour) implements Part {}

    enum Colour {
      RED
    }
  }

  interface AnotherKind {
    record State(List<Part> parts) {}

    sealed interface Part {}

    record Wheel(int size, Colour colour) implements Part {}

    record Door() implements Part {}

    enum Colour {
      RED
    }
  }

  interface AnotherConstant {
    record State(List<Part> parts) {}

    sealed interface Part {}

    record Wheel(int size, Colour colour) implements Part {}

    enum Colour {
      RED,
      BLUE
    }
  }

  @Test
  void any_change_of_a_nested_type_gives_another_shape() {
    // The name of the surrounding class must not be the only difference.
    assertThat(
            Stream.of(
                    Before.State.class,
                    AnotherComponent.State.class,
                    AnotherType.State.class,
                    AnotherKind.State.class,
                    AnotherConstant.State.class)
                .map(state -> Shape.describe(List.of(state), 1).replaceAll("\\w+\\$", ""))
                .distinct())
        .hasSize(5);
  }

  @Test
  void another_revision_gives_another_shape_and_nothing_else_does() {
    List<Class<?>> state = List.of(Before.State.class);
    assertThat(Shape.of(state, 1)).isEqualTo(Shape.of(state, 1)).isNotEqualTo(Shape.of(state, 2));
  }

  /** A root with an open member, whose members are sealed somewhere else. */
  sealed interface Root {}

  non-sealed interface Open extends Root {}

  record Plain(int size) implements Root {}

  sealed interface Elsewhere extends Open {}

  record Apart(int weight) implements Elsewhere {}

  @Test
  void the_shape_of_several_roots_holds_what_is_below_each_of_them() {
    assertThat(Shape.describe(List.of(Root.class), 1)).contains("size").doesNotContain("weight");
    assertThat(Shape.describe(List.of(Root.class, Elsewhere.class), 1)).contains("size", "weight");
  }
}
