package io.keelson.infra.benchmarks;

import io.keelson.commands.NodeId;
import io.keelson.commands.node.NodeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.StreamableMessageSource;

/**
 * How long after its commit a processor of another instance handles an event: other connections,
 * another tail, nothing shared but the database.
 */
final class Visibility {

  private static final Random PAUSES = new Random(1);
  private static final int LONGEST_PAUSE_MILLIS = 40;
  private static final long LONGEST_WAIT_SECONDS = 60;

  private Visibility() {}

  static List<Result> measure(Database database, Scale scale) throws Exception {
    database.empty();
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    try (MeasuredEngine ownWriter = new OwnEngine(database);
        MeasuredEngine ownReader = new OwnEngine(database);
        MeasuredEngine stockWriter = new StockEngine(database, true);
        MeasuredEngine stockReader = new StockEngine(database, false)) {
      round(ownWriter, ownReader, scale);
      round(stockWriter, stockReader, scale);
      for (int round = 0; round < scale.rounds(); round++) {
        ours.addAll(round(ownWriter, ownReader, scale));
        theirs.addAll(round(stockWriter, stockReader, scale));
      }
    }
    return List.of(
        result("visible elsewhere, median", ours, theirs, 0.5, "-"),
        result("visible elsewhere, p95", ours, theirs, 0.95, "50 ms"));
  }

  private static Result result(
      String measure, List<Double> ours, List<Double> theirs, double share, String target) {
    double own = Rounds.share(ours, share);
    double stock = Rounds.share(theirs, share);
    return new Result(measure, "ms", own, "stock engine", stock, own / stock, target);
  }

  /** Milliseconds from each commit to its sight. */
  private static List<Double> round(MeasuredEngine writer, MeasuredEngine reader, Scale scale)
      throws Exception {
    Eyes eyes = new Eyes();
    List<Double> lags = new ArrayList<>();
    try (Listening listening =
        new Listening(reader, eyes, StreamableMessageSource::createHeadToken, _ -> {})) {
      while (!listening.listens()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
      for (NodeId node : Nodes.some(scale.sightings())) {
        CompletableFuture<Long> seen = eyes.expect(node);
        writer.append(node, 0, Nodes.life(node, 1));
        long committed = System.nanoTime();
        lags.add(Math.max(0, seen.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS) - committed) / 1e6);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSES.nextInt(LONGEST_PAUSE_MILLIS)));
      }
    }
    return lags;
  }

  /** Sees events. */
  static final class Eyes {

    private final Map<NodeId, CompletableFuture<Long>> expected = new ConcurrentHashMap<>();

    CompletableFuture<Long> expect(NodeId node) {
      return expected.computeIfAbsent(node, _ -> new CompletableFuture<>());
    }

    @EventHandler
    void on(NodeEvent event) {
      expect(event.nodeId()).complete(System.nanoTime());
    }
  }
}
