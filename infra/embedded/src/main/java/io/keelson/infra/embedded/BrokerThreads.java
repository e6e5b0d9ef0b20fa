package io.keelson.infra.embedded;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one run of a broker; they show which broker has ended. Kafka ends its process when
 * it cannot continue; here it must never end anything but itself.
 */
final class BrokerThreads extends ThreadGroup {

  static {
    Exit.setExitProcedure(BrokerThreads::end);
    Exit.setHaltProcedure(BrokerThreads::end);
    Exit.setShutdownHookAdder((_, _) -> {}); // this program decides when the broker stops
  }

  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

  BrokerThreads() {
    super("embedded-kafka");
  }

  /** Completes when Kafka would have ended its process. */
  CompletableFuture<@Nullable Void> ended() {
    return ended;
  }

  /** Never returns to its caller, as the end of the process would not. */
  private static void end(int status, @Nullable String message) {
    for (ThreadGroup group = Thread.currentThread().getThreadGroup();
        group != null;
        group = group.getParent()) {
      if (group instanceof BrokerThreads threads) {
        threads.ended.complete(null);
      }
    }
    throw new IllegalStateException("Kafka would have ended its process");
  }
}
