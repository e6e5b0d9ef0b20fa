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
 * The time from the commit of an event until a processor of another instance handles it. The
 * instances have connections and tails of their own and share only the database.
 */
final class Visibility {

  private static final Random DELAYS = new Random(1);
  private static final int MAX_DELAY_MILLIS = 40;
  private static final long MAX_WAIT_SECONDS = 60;

  private Visibility() {}

  static List<Measurement> measure(Database database, Scale scale) throws Exception {
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

  private static Measurement result(
      String measure, List<Double> ours, List<Double> theirs, double quantile, String target) {
    double own = Rounds.quantile(ours, quantile);
    double stock = Rounds.quantile(theirs, quantile);
    return new Measurement(measure, "ms", own, "stock engine", stock, own / stock, target);
  }

  /** Milliseconds from each commit until the event is handled. */
  private static List<Double> round(MeasuredEngine writer, MeasuredEngine reader, Scale scale)
      throws Exception {
    Handler handler = new Handler();
    List<Double> lags = new ArrayList<>();
    try (Listening listening =
        new Listening(reader, handler, StreamableMessageSource::createHeadToken, _ -> {})) {
      while (!listening.isCaughtUp()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
      for (NodeId node : Nodes.some(scale.visibilityCommits())) {
        CompletableFuture<Long> handled = handler.expect(node);
        writer.append(node, 0, Nodes.life(node, 1));
        long committed = System.nanoTime();
        lags.add(Math.max(0, handled.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS) - committed) / 1e6);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(DELAYS.nextInt(MAX_DELAY_MILLIS)));
      }
    }
    return lags;
  }

  /** Records when each event is handled. */
  static final class Handler {

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
