package io.keelson.adapters.simulator;

import io.keelson.commands.ClusterId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The read API of the simulator's call log, oldest first. */
public final class SimulatorCalls {

  private final SimulatorTables tables;

  public SimulatorCalls(DataSource dataSource) {
    this.tables = new SimulatorTables(dataSource);
  }

  /**
   * A page of the log.
   *
   * @param next the cursor of the next page; null: this is the last one
   */
  public record Slice(List<SimulatorCall> calls, @Nullable Long next) {

    public Slice {
      calls = List.copyOf(calls);
    }
  }

  /**
   * Lists calls.
   *
   * @param cluster the cluster whose calls are listed; null: all clusters
   * @param cursor lists the calls after this position; 0: from the beginning
   * @param visible the clusters whose calls the reader may see
   */
  public Slice list(
      @Nullable ClusterId cluster, long cursor, int limit, Predicate<ClusterId> visible) {
    Map<ClusterId, Boolean> known = new HashMap<>();
    List<SimulatorCall> found = new ArrayList<>();
    long after = cursor;
    while (true) {
      List<SimulatorCall> read = tables.calls(cluster, after, limit + 1);
      for (SimulatorCall call : read) {
        if (!known.computeIfAbsent(call.clusterId(), visible::test)) {
          continue;
        }
        if (found.size() == limit) {
          return new Slice(found, found.getLast().position());
        }
        found.add(call);
      }
      if (read.size() <= limit) {
        return new Slice(found, null);
      }
      after = read.getLast().position();
    }
  }
}
