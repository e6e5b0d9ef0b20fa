package io.keelson.aggregates.cluster;

import static io.keelson.aggregates.cluster.Clusters.outcome;
import static io.keelson.aggregates.cluster.SampleCommands.command;
import static io.keelson.aggregates.cluster.SampleCommands.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.keelson.commands.cluster.ClusterCommand;
import io.keelson.commands.pool.PoolCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A table of the outcome of every command in every state; a dash: nothing has to change. */
record Cells(Map<String, ClusterState> states, String table) {

  Stream<DynamicTest> tests() {
    List<DynamicTest> cells = new ArrayList<>();
    List<String> columns = split(table.lines().findFirst().orElseThrow());
    for (String line : table.lines().skip(1).toList()) {
      List<String> row = split(line);
      for (int i = 1; i < columns.size(); i++) {
        String command = row.getFirst();
        String state = columns.get(i);
        String expected = row.get(i);
        cells.add(
            DynamicTest.dynamicTest(
                command + " when " + state,
                () ->
                    assertThat(outcome(SampleCommands.command(command), state(state)))
                        .isEqualTo(expected)));
      }
    }
    return cells.stream();
  }

  ClusterState state(String name) {
    return Objects.requireNonNull(states.get(name), name);
  }

  void assertComplete() {
    assertThat(split(table.lines().findFirst().orElseThrow()).stream().skip(1))
        .containsExactlyElementsOf(states.keySet());
    assertThat(table.lines().skip(1).map(line -> split(line).getFirst()))
        .containsExactlyElementsOf(SampleCommands.all().keySet());
    assertThat(SampleCommands.all().values().stream().map(Object::getClass).distinct().toList())
        .hasSameElementsAs(
            Stream.concat(records(ClusterCommand.class), records(PoolCommand.class)).toList());
  }

  /** The commands of a sealed family and of the families below it. */
  private static Stream<Class<?>> records(Class<?> family) {
    return family.isSealed()
        ? Stream.of(family.getPermittedSubclasses()).flatMap(Cells::records)
        : Stream.<Class<?>>of(family).filter(Class::isRecord);
  }

  private static List<String> split(String line) {
    return Stream.of(line.split("\\|")).map(String::strip).toList();
  }
}
