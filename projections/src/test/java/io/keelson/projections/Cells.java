package io.keelson.projections;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A table of expectations as text: a line per event, a column per phase that the row is in before,
 * in each cell the phase after, or {@code .} where the phase stays.
 */
public final class Cells {

  /**
   * One cell.
   *
   * @param after empty where the phase stays
   */
  public record Cell(String event, String before, String after) {
    @Override
    public String toString() {
      return event + " in " + before;
    }
  }

  private final Map<String, List<Cell>> lines = new LinkedHashMap<>();

  public Cells(String table) {
    List<List<String>> words =
        table.lines().map(line -> Arrays.asList(line.strip().split(" +"))).toList();
    List<String> phases = words.getFirst().subList(1, words.getFirst().size());
    for (List<String> line : words.subList(1, words.size())) {
      if (line.size() != phases.size() + 1) {
        throw new AssertionError("a cell is missing: " + line);
      }
      lines.put(
          line.getFirst(),
          Stream.iterate(0, i -> i < phases.size(), i -> i + 1)
              .map(i -> new Cell(line.getFirst(), phases.get(i), after(line.get(i + 1))))
              .toList());
    }
  }

  private static String after(String word) {
    return word.equals(".") ? "" : word;
  }

  public Iterable<String> events() {
    return lines.keySet();
  }

  public Stream<Cell> all() {
    return lines.values().stream().flatMap(List::stream);
  }
}
