package io.keelson.adapters.provisioning;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.keelson.commands.ClusterId;
import io.keelson.commands.provisioning.Provisioning;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a cluster looked at as soon as the back end hints at a change. Hints are never relied on. */
public final class ObservationHints implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ObservationHints.class);

  private final SchedulerClient scheduler;
  private final Clock clock;
  private final Runnable wake;
  private final AutoCloseable watch;

  /**
   * Begins at once.
   *
   * @param wake asks the scheduler to look for due tasks
   */
  public ObservationHints(
      Provisioning provisioning, SchedulerClient scheduler, Clock clock, Runnable wake) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.wake = wake;
    this.watch = provisioning.watch(this::hint);
  }

  private void hint(ClusterId cluster) {
    try {
      ClusterObserver.nudge(scheduler, cluster, clock.instant());
      wake.run();
    } catch (RuntimeException e) {
      LOG.debug("a hint about cluster {} came to nothing", cluster, e);
    }
  }

  @Override
  public void close() {
    try {
      watch.close();
    } catch (Exception e) {
      LOG.debug("the back end could not end its hints", e);
    }
  }
}
