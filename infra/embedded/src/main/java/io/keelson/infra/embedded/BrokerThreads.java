package io.keelson.infra.embedded;

import java.util.concurrent.CountDownLatch;
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
    Exit.setShutdownHookAdder((_, _) -> {}); // when to stop is ours to know
  }

  private final CountDownLatch ended = new CountDownLatch(1);

  BrokerThreads() {
    super("embedded-kafka");
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /** As the end of the process would, this never returns to whoever has called for it. */
  private static void end(int status, @Nullable String message) {
    for (ThreadGroup group = Thread.currentThread().getThreadGroup();
        group != null;
        group = group.getParent()) {
      if (group instanceof BrokerThreads threads) {
        threads.ended.countDown();
      }
    }
    throw new IllegalStateException("Kafka would have ended its process");
  }
}
