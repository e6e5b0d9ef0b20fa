package io.keelson.infra.benchmarks;

import io.keelson.commands.Commands;
import io.keelson.commands.NodeId;
import java.util.List;

/**
 * Commands of eight callers on streams of fifty events whose states are cached, each command with
 * one event. They are compared with the same commands on the stock engine.
 */
final class WholeCommands {

  private static final int CALLERS = 8;
  private static final int EVENTS = 50;

  private WholeCommands() {}

  static Measurement measure(Database database, Scale scale) throws Exception {
    database.empty();
    try (MeasuredEngine ours = new OwnEngine(database);
        MeasuredEngine stock = new StockEngine(database, true)) {
      Commands own = ours.commands();
      Commands theirs = stock.commands();
      return Rounds.of(
              scale.rounds(), () -> round(ours, own, scale), () -> round(stock, theirs, scale))
          .result("commands, 8 callers", "/s", "stock engine", "3.00");
    }
  }

  private static double round(MeasuredEngine engine, Commands commands, Scale scale)
      throws Exception {
    int each = Math.max(1, scale.streams() / CALLERS);
    List<NodeId> streams = Nodes.some(each * CALLERS);
    for (NodeId stream : streams) {
      engine.append(stream, 0, Nodes.life(stream, EVENTS - 1));
      commands.send(Nodes.command(stream, EVENTS - 1), Nodes.ORIGIN);
    }
    int[] made = new int[CALLERS];
    return Callers.each(
        CALLERS,
        each * scale.commandsPerStream(),
        caller -> {
          int call = made[caller]++;
          commands.send(
              Nodes.command(streams.get(caller * each + call % each), EVENTS + call / each),
              Nodes.ORIGIN);
        });
  }
}
