package io.keelson.sagas.operation;

import io.keelson.commands.OperationId;
import io.keelson.commands.operation.Timer;
import java.time.Duration;

/** Durable timers. One that fires becomes an input of its run, at least once. */
public interface Timers {

  /** Sets a timer in the transaction of the caller; setting the same one again changes nothing. */
  void set(OperationId operation, Timer timer, Duration after);
}
