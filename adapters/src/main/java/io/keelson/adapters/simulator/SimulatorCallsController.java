package io.keelson.adapters.simulator;

import io.keelson.commands.ClusterId;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The route that shows a caller the simulator's call log for its own clusters. */
@RestController
public final class SimulatorCallsController {

  private static final int MAX_LIMIT = 1000;

  private final SimulatorCalls calls;
  private final Supplier<Predicate<ClusterId>> visible;
  private final BiFunction<String, String, RuntimeException> refusals;

  /**
   * Creates the route.
   *
   * @param visible called once per request: which clusters its caller may see
   * @param refusals makes the exception for a bad argument from its name and a message
   */
  public SimulatorCallsController(
      SimulatorCalls calls,
      Supplier<Predicate<ClusterId>> visible,
      BiFunction<String, String, RuntimeException> refusals) {
    this.calls = calls;
    this.visible = visible;
    this.refusals = refusals;
  }

  /** One call in the response. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Item(
      Instant at,
      String verb,
      ClusterId clusterId,
      String target,
      @Nullable Long generation,
      String idempotencyKey,
      String outcome,
      int effects) {

    static Item of(SimulatorCall call) {
      return new Item(
          call.at(),
          call.verb(),
          call.clusterId(),
          call.target(),
          call.generation(),
          call.idempotencyKey(),
          call.outcome().toString(),
          call.effects());
    }
  }

  /** The response. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Items(List<Item> items, @Nullable String nextCursor) {}

  @GetMapping(path = "/keelson/v1/simulator/calls", produces = MediaType.APPLICATION_JSON_VALUE)
  Items list(
      @RequestParam(name = "cluster_id", required = false) @Nullable String clusterId,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", defaultValue = "100") String limit) {
    SimulatorCalls.Slice slice =
        calls.list(
            clusterId == null ? null : cluster(clusterId),
            cursor == null ? 0 : number("cursor", cursor, Long.MAX_VALUE),
            (int) number("limit", limit, MAX_LIMIT),
            visible.get());
    return new Items(
        slice.calls().stream().map(Item::of).toList(),
        slice.next() == null ? null : slice.next().toString());
  }

  private ClusterId cluster(String text) {
    try {
      return ClusterId.of(text);
    } catch (IllegalArgumentException e) {
      throw refusals.apply("cluster_id", "must be a UUID");
    }
  }

  private long number(String argument, String text, long max) {
    try {
      long number = Long.parseLong(text);
      if (number >= 1 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refusals.apply(argument, "must be a number");
    }
    throw refusals.apply(argument, "must be a number from 1 to " + max);
  }
}
