package io.keelson.adapters.rest.problem;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.adapters.rest.problem.Violation.Reason;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemSamplesTest {

  @Test
  void there_is_a_sample_of_every_problem_so_that_every_one_is_described() {
    Set<String> sampled =
        Stream.of(
                ProblemSamples.ofAll(),
                ProblemSamples.ofBodies(),
                ProblemSamples.ofChanges(),
                ProblemSamples.ofSome())
            .flatMap(List::stream)
            .map(problem -> problem.status() + " " + problem.type())
            .collect(toSet());
    Set<String> made =
        Arrays.stream(Problem.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> method.getReturnType() == Problem.class)
            .map(ProblemSamplesTest::make)
            .map(problem -> problem.status() + " " + problem.type())
            .collect(toSet());

    assertThat(sampled)
        .as("add what is missing to ProblemSamples")
        .containsAll(made)
        .contains("413 invalid_arguments", "404 ", "500 ");
  }

  private static Problem make(Method factory) {
    Object[] arguments =
        Arrays.stream(factory.getParameterTypes()).map(ProblemSamplesTest::argument).toArray();
    try {
      return (Problem) factory.invoke(null, arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(factory.toString(), e);
    }
  }

  private static Object argument(Class<?> type) {
    if (type == String.class) {
      return "x";
    }
    if (type == int.class) {
      return 400;
    }
    if (type == long.class) {
      return 1L;
    }
    if (type == List.class) {
      return List.of();
    }
    if (type == Reason.class) {
      return Reason.FORMAT;
    }
    throw new AssertionError("no value of " + type);
  }
}
