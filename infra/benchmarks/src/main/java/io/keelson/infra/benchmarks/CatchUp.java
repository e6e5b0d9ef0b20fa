package io.keelson.infra.benchmarks;

import io.keelson.commands.NodeId;
import io.keelson.projections.Rows;
import io.keelson.projections.status.NodeStatus;
import io.keelson.projections.status.StatusProjection;
import io.keelson.projections.status.StatusTables;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Our status projection, from the first event on. It is compared with a stock processor that loads
 * and writes the same row of an equal table for each event, in batches of the same size.
 */
final class CatchUp {

  private static final long MAX_WAIT_SECONDS = 300;

  private CatchUp() {}

  static Measurement measure(Database database, Scale scale) throws Exception {
    database.empty();
    try (MeasuredEngine ours = new OwnEngine(database);
        MeasuredEngine stock = new StockEngine(database, true)) {
      List<NodeId> nodes = Nodes.some(scale.streams());
      for (NodeId node : nodes) {
        ours.append(node, 0, Nodes.life(node, scale.eventsPerStream()));
        stock.append(node, 0, Nodes.life(node, scale.eventsPerStream()));
      }
      long events = (long) scale.streams() * scale.eventsPerStream();
      StatusProjection projection = new StatusProjection(new StatusTables(ours.pool()));
      JdbcTemplate sql = new JdbcTemplate(stock.pool());
      sql.execute("create table stock_node (like readmodel.node including all)");
      Rows<NodeId, NodeStatus> rows = new Rows<>(stock.pool(), "stock_node", NodeStatus.class);
      return Rounds.of(
              scale.rounds(),
              () -> {
                projection.reset();
                return round(ours, projection, events);
              },
              () -> {
                rows.truncate();
                return round(stock, new StockProjection(rows), events);
              })
          .result("catch-up, batches of 500", "/s", "row by row", "2.00");
    }
  }

  /** Events per second. */
  private static double round(MeasuredEngine engine, Object projection, long events)
      throws Exception {
    CountDownLatch left = new CountDownLatch((int) events);
    long start = System.nanoTime();
    try (Listening _ =
        new Listening(
            engine, projection, StreamableMessageSource::createTailToken, _ -> left.countDown())) {
      if (!left.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(left.getCount() + " events were not handled");
      }
    }
    return Callers.perSecond(events, start);
  }
}
