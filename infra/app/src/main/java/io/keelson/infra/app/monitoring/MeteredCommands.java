package io.keelson.infra.app.monitoring;

import io.keelson.commands.Command;
import io.keelson.commands.CommandRejected;
import io.keelson.commands.JointCommands;
import io.keelson.commands.Origin;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Measures the duration of every command by type and outcome. It must not change any result. */
final class MeteredCommands implements JointCommands {

  private static final String NONE = "none";

  private final JointCommands commands;
  private final MeterRegistry meters;

  MeteredCommands(JointCommands commands, MeterRegistry meters) {
    this.commands = commands;
    this.meters = meters;
  }

  @Override
  public Receipt send(Command command, Origin origin) {
    return timed(command, () -> commands.send(command, origin));
  }

  @Override
  public Receipt send(Command command, Origin origin, Consumer<Receipt> joined) {
    return timed(command, () -> commands.send(command, origin, joined));
  }

  private Receipt timed(Command command, Supplier<Receipt> sending) {
    Timer.Sample sample = Timer.start(meters);
    try {
      Receipt receipt = sending.get();
      stop(sample, command, receipt.events().isEmpty() ? "unchanged" : "accepted", NONE);
      return receipt;
    } catch (CommandRejected e) {
      stop(sample, command, "rejected", e.reason().name().toLowerCase(Locale.ROOT));
      throw e;
    } catch (StoreUnavailable e) {
      stop(sample, command, "unavailable", NONE);
      throw e;
    } catch (RuntimeException e) {
      stop(sample, command, "failed", NONE);
      throw e;
    }
  }

  private void stop(Timer.Sample sample, Command command, String outcome, String reason) {
    sample.stop(
        Timer.builder("keelson.commands")
            .description("Duration of commands until their events are durable or they are rejected")
            .tag("command", command.getClass().getSimpleName())
            .tag("outcome", outcome)
            .tag("reason", reason)
            .serviceLevelObjectives(
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2))
            .register(meters));
  }
}
