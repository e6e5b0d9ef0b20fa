package io.keelson.adapters.simulator;

import io.keelson.commands.ClusterId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Shows a caller what reached the simulator for its own clusters. */
@RestController
public final class SimulatorCallsController {

  private static final int MOST = 1000;

  private final SimulatorCalls calls;
  private final Supplier<Predicate<ClusterId>> visible;

  /**
   * The route.
   *
   * @param visible asked once per request: which clusters its caller may see
   */
  public SimulatorCallsController(SimulatorCalls calls, Supplier<Predicate<ClusterId>> visible) {
    this.calls = calls;
    this.visible = visible;
  }

  /** One call as it is shown. */
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

  /** A part of the list. */
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
            (int) number("limit", limit, MOST),
            visible.get());
    return new Items(
        slice.calls().stream().map(Item::of).toList(),
        slice.next() == null ? null : slice.next().toString());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> badArgument(BadArgument bad) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "an argument is invalid");
    problem.setType(URI.create("/problems/invalid-arguments"));
    problem.setTitle("Invalid arguments");
    problem.setProperty(
        "errors",
        List.of(Map.of("pointer", bad.argument, "reason", "format", "detail", bad.expected)));
    return ResponseEntity.badRequest()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  private static ClusterId cluster(String text) {
    try {
      return ClusterId.of(text);
    } catch (IllegalArgumentException e) {
      throw new BadArgument("cluster_id", "a UUID");
    }
  }

  private static long number(String argument, String text, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new BadArgument(argument, "a number");
    }
    throw new BadArgument(argument, "a number from 1 to " + most);
  }

  static final class BadArgument extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String argument;
    private final String expected;

    BadArgument(String argument, String expected) {
      super(argument + " must be " + expected);
      this.argument = argument;
      this.expected = expected;
    }
  }
}
