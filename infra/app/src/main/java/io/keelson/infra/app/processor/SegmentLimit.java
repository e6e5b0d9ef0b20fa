package io.keelson.infra.app.processor;

import io.keelson.infra.eventstore.Instances;
import io.keelson.infra.eventstore.Shares;
import io.keelson.infra.eventstore.Standstill;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.pooled.MaxSegmentProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of segments that a processor of this instance may lease: those assigned to the
 * instance. Once the processor has reached an event that this program does not know, the number is
 * 0, and newer instances take over all segments.
 */
final class SegmentLimit implements MaxSegmentProvider {

  /** The number of segments of every processor. */
  static final int SEGMENTS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(SegmentLimit.class);

  private final String processor;
  private final Instances instances;
  private final Supplier<Map<Integer, EventTrackerStatus>> leased;
  private volatile @Nullable Standstill stopPosition;

  /**
   * @param leased the segments that the processor currently holds
   */
  SegmentLimit(
      String processor, Instances instances, Supplier<Map<Integer, EventTrackerStatus>> leased) {
    this.processor = processor;
    this.instances = instances;
    this.leased = leased;
  }

  /** Called once, while the processor is built; it must not be zero. */
  @Override
  public int getMaxSegments(String name) {
    return SEGMENTS;
  }

  /** Called before each attempt to lease a segment. */
  @Override
  public Integer apply(String name) {
    Standstill stop = stopPosition;
    if (stop != null && isReached(stop)) {
      instances.withdrawFrom(processor);
      return 0;
    }
    return Shares.of(instances.name(), processor, instances.live(), SEGMENTS);
  }

  /** Events before the unknown one are still handled by this instance. */
  private boolean isReached(Standstill stop) {
    return leased.get().values().stream()
        .allMatch(segment -> segment.getCurrentPosition().orElse(0) >= stop.readUpTo());
  }

  void stopBefore(Standstill found) {
    if (stopPosition == null) {
      LOG.warn(
          "processor {} stops before {}: a newer Keelson wrote this event, and only instances of a"
              + " newer version can handle it",
          processor,
          found);
    }
    stopPosition = found;
  }

  /** The position before an unknown event; null while no unknown event has been found. */
  @Nullable Standstill stopPosition() {
    return stopPosition;
  }
}
