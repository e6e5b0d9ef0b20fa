package io.keelson.infra.embedded;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one run of a broker, which is how its end is known. Kafka ends its whole process
 * when it cannot go on; here it must never end more than itself.
 */
final class BrokerThreads extends ThreadGroup {

  static {
    Exit.setExitProcedure(BrokerThreads::end);
    Exit.setHaltProcedure(BrokerThreads::end);
    Exit.setShutdownHookAdder((_, _) -> {}); // when to stop is not its to say
  }

  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

  BrokerThreads() {
    super("embedded-kafka");
  }

  /** Completed when Kafka would have ended its process. */
  CompletableFuture<@Nullable Void> ended() {
    return ended;
  }

  /** As the end of the process would, this never returns to whoever has called for it. */
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
