package io.keelson.infra.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs several callers at once. */
final class Callers {

  /** One call by one of the callers. */
  @FunctionalInterface
  interface Call {
    void by(int caller) throws Exception;
  }

  private Callers() {}

  /** Calls per second; each caller calls until the time is over. */
  static double during(Duration time, int callers, Call call) throws Exception {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    long calls =
        all(
            callers,
            caller -> {
              long made = 0;
              while (System.nanoTime() < end) {
                call.by(caller);
                made++;
              }
              return made;
            });
    return perSecond(calls, start);
  }

  /** Calls per second; each caller makes the same number of calls. */
  static double each(int callers, int calls, Call call) throws Exception {
    long start = System.nanoTime();
    long made =
        all(
            callers,
            caller -> {
              for (int i = 0; i < calls; i++) {
                call.by(caller);
              }
              return (long) calls;
            });
    return perSecond(made, start);
  }

  static double perSecond(long number, long startNanos) {
    return number * 1e9 / (System.nanoTime() - startNanos);
  }

  @FunctionalInterface
  private interface Work {
    long of(int caller) throws Exception;
  }

  private static long all(int callers, Work work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Callable<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int caller = i;
        tasks.add(() -> work.of(caller));
      }
      long sum = 0;
      for (Future<Long> made : threads.invokeAll(tasks)) {
        sum += made.get();
      }
      return sum;
    }
  }
}
