package io.keelson.infra.eventstore.decider;

import io.keelson.commands.Command;
import io.keelson.commands.JointCommands;
import io.keelson.commands.Origin;
import io.keelson.infra.eventstore.connection.StoreOutage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.lock.Lock;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sends commands over Axon's bus, each in a transaction of its own, and never in the transaction of
 * the event that causes it. So a rejection does not roll that transaction back, and after a crash
 * the command is sent again.
 */
public final class AxonCommands implements JointCommands {

  /** Each attempt takes 10 ms; after the last one the sender gets a failure and may retry. */
  private static final int LOCK_ATTEMPTS = 300;

  private static final ScopedValue<Consumer<Receipt>> JOINED = ScopedValue.newInstance();

  /** How often a command that lost a race is run again before the sender gets a failure. */
  private static final int RETRIES = 8;

  private final LockFactory streams =
      PessimisticLockFactory.builder().acquireAttempts(LOCK_ATTEMPTS).build();
  private final Executor own = Executors.newVirtualThreadPerTaskExecutor();
  private final CommandBus bus;
  private final RetryTemplate conflicts;
  private final Runnable lostRace;

  /**
   * A sender of commands.
   *
   * @param bus runs each command in a transaction
   */
  public AxonCommands(CommandBus bus) {
    this(bus, () -> {});
  }

  /**
   * A sender of commands.
   *
   * @param bus runs each command in a transaction
   * @param lostRace is called after each append that lost a race for its stream
   */
  public AxonCommands(CommandBus bus, Runnable lostRace) {
    this(bus, RETRIES, lostRace);
  }

  AxonCommands(CommandBus bus, int retries) {
    this(bus, retries, () -> {});
  }

  private AxonCommands(CommandBus bus, int retries, Runnable lostRace) {
    this.bus = bus;
    this.lostRace = lostRace;
    bus.registerHandlerInterceptor(AxonCommands::runJoined);
    this.conflicts =
        new RetryTemplate(
            RetryPolicy.builder()
                .maxRetries(retries)
                .delay(Duration.ofMillis(5))
                .jitter(Duration.ofMillis(5))
                .multiplier(2)
                .maxDelay(Duration.ofMillis(250))
                .predicate(AxonCommands::isConflict)
                .build());
  }

  /** Whether the stream got other events since its state was loaded. */
  private static boolean isConflict(Throwable failure) {
    return failure instanceof ConcurrencyException
        || failure instanceof AggregateStreamCreationException;
  }

  /** Whether other commands on the same stream were always faster. */
  public static boolean isBusy(@Nullable Throwable failure) {
    return failure != null
        && (isConflict(failure) || failure instanceof LockAcquisitionFailedException);
  }

  /** Runs the joined work of the sender in the transaction of its command. */
  private static Object runJoined(
      UnitOfWork<? extends CommandMessage<?>> transaction, InterceptorChain chain)
      throws Exception {
    Object receipt = chain.proceed();
    if (JOINED.isBound()) {
      Consumer<Receipt> joined = JOINED.get();
      transaction.onPrepareCommit(_ -> joined.accept((Receipt) receipt));
    }
    return receipt;
  }

  @Override
  public Receipt send(Command command, Origin origin, Consumer<Receipt> joined) {
    return ScopedValue.where(JOINED, joined).call(() -> sendHere(command, origin));
  }

  @Override
  public Receipt send(Command command, Origin origin) {
    boolean busy =
        CurrentUnitOfWork.isStarted()
            || TransactionSynchronizationManager.isActualTransactionActive();
    return busy ? sendOnOwnThread(command, origin) : sendHere(command, origin);
  }

  private Receipt sendOnOwnThread(Command command, Origin origin) {
    try {
      return CompletableFuture.supplyAsync(() -> sendHere(command, origin), own).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private Receipt sendHere(Command command, Origin origin) {
    Map<String, String> logged = MDC.getCopyOfContextMap();
    log("request_id", origin.requestId());
    log("operation_id", origin.operation());
    // Before the transaction begins: a command that waits for a stream must not hold a connection.
    try (Lock _ = streams.obtainLock(command.stream().toString())) {
      return untilWon(command, origin);
    } catch (RetryException e) {
      throw translated(e.getCause());
    } catch (RuntimeException e) {
      throw translated(e);
    } finally {
      MDC.setContextMap(logged == null ? Map.of() : logged);
    }
  }

  private static void log(String key, @Nullable Object value) {
    if (value != null) {
      MDC.put(key, value.toString());
    }
  }

  private Receipt untilWon(Command command, Origin origin) throws RetryException {
    try {
      return once(command, origin);
    } catch (RuntimeException e) {
      if (!isConflict(e)) {
        throw e;
      }
      // Without a delay: mostly the state was cached, and now it is loaded.
      return conflicts.execute(() -> once(command, origin));
    }
  }

  private Receipt once(Command command, Origin origin) {
    CompletableFuture<CommandResultMessage<? extends Receipt>> outcome = new CompletableFuture<>();
    bus.<Command, Receipt>dispatch(
        new GenericCommandMessage<>(command, origin.toMetadata()),
        (_, result) -> outcome.complete(result));
    CommandResultMessage<? extends Receipt> result = outcome.join();
    if (result.isExceptional()) {
      Throwable failure = result.exceptionResult();
      if (isConflict(failure)) {
        lostRace.run();
      }
      throw asRuntime(failure);
    }
    return result.getPayload();
  }

  private static RuntimeException asRuntime(Throwable failure) {
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  private static RuntimeException translated(Throwable failure) {
    return isBusy(failure) || StoreOutage.isBehind(failure)
        ? new StoreUnavailable("the event store cannot run the command now: " + failure, failure)
        : asRuntime(failure);
  }
}
