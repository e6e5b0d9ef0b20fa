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
 * Sends commands over Axon's bus, each in a transaction of its own: never in that of an event that
 * it follows from, so that a refusal there spoils nothing, and a repeat is what a crash costs.
 */
public final class AxonCommands implements JointCommands {

  /** 10 ms each: whoever waits longer for a stream is told so, and may try again. */
  private static final int LOCK_ATTEMPTS = 300;

  private static final ScopedValue<Consumer<Receipt>> ALONGSIDE = ScopedValue.newInstance();

  /** How often a lost race is run again after a pause before the caller hears of it. */
  private static final int RETRIES = 8;

  private final LockFactory streams =
      PessimisticLockFactory.builder().acquireAttempts(LOCK_ATTEMPTS).build();
  private final Executor own = Executors.newVirtualThreadPerTaskExecutor();
  private final CommandBus bus;
  private final RetryTemplate conflicts;
  private final Runnable lostRace;

  /**
   * The way to what the bus knows.
   *
   * @param bus runs each command in a transaction
   */
  public AxonCommands(CommandBus bus) {
    this(bus, () -> {});
  }

  /**
   * The way to what the bus knows.
   *
   * @param bus runs each command in a transaction
   * @param lostRace is told of each race for a stream that was lost
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
    bus.registerHandlerInterceptor(AxonCommands::alongside);
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

  /** A lost race: the stream has moved on since it was loaded. */
  private static boolean isConflict(Throwable failure) {
    return failure instanceof ConcurrencyException
        || failure instanceof AggregateStreamCreationException;
  }

  /** Whether the stream is there and the store is well, but others were always faster. */
  public static boolean isBusy(@Nullable Throwable failure) {
    return failure != null
        && (isConflict(failure) || failure instanceof LockAcquisitionFailedException);
  }

  /** What a sender does beside its command is done in the command's transaction. */
  private static Object alongside(
      UnitOfWork<? extends CommandMessage<?>> transaction, InterceptorChain chain)
      throws Exception {
    Object receipt = chain.proceed();
    if (ALONGSIDE.isBound()) {
      Consumer<Receipt> joined = ALONGSIDE.get();
      transaction.onPrepareCommit(_ -> joined.accept((Receipt) receipt));
    }
    return receipt;
  }

  @Override
  public Receipt send(Command command, Origin origin, Consumer<Receipt> joined) {
    return ScopedValue.where(ALONGSIDE, joined).call(() -> here(command, origin));
  }

  @Override
  public Receipt send(Command command, Origin origin) {
    boolean busy =
        CurrentUnitOfWork.isStarted()
            || TransactionSynchronizationManager.isActualTransactionActive();
    return busy ? elsewhere(command, origin) : here(command, origin);
  }

  private Receipt elsewhere(Command command, Origin origin) {
    try {
      return CompletableFuture.supplyAsync(() -> here(command, origin), own).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private Receipt here(Command command, Origin origin) {
    Map<String, String> logged = MDC.getCopyOfContextMap();
    log("request_id", origin.requestId());
    log("operation_id", origin.operation());
    // Before there is a transaction: whoever waits for a busy stream keeps no connection from
    // others.
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
      // At once: mostly the state was kept from an earlier command, and now it is loaded.
      return conflicts.execute(() -> once(command, origin));
    }
  }

  private Receipt once(Command command, Origin origin) {
    CompletableFuture<CommandResultMessage<? extends Receipt>> answer = new CompletableFuture<>();
    bus.<Command, Receipt>dispatch(
        new GenericCommandMessage<>(command, origin.toMetadata()),
        (_, result) -> answer.complete(result));
    CommandResultMessage<? extends Receipt> result = answer.join();
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
        ? new StoreUnavailable("the event store cannot take the command now: " + failure, failure)
        : asRuntime(failure);
  }
}
