package io.keelson.infra.app.log;

import io.keelson.commands.log.LogFollower;
import io.keelson.infra.eventstore.Ledger;
import io.keelson.infra.eventstore.LogFollowing;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;

/** Delivers the log to its followers while the program runs. */
final class LogFollowers implements SmartLifecycle {

  private final List<LogFollower> followers;
  private final Ledger ledger;
  private final DataSource connections;
  private final Clock clock;
  private volatile List<LogFollowing> followings = List.of();

  LogFollowers(List<LogFollower> followers, Ledger ledger, DataSource connections, Clock clock) {
    this.followers = List.copyOf(followers);
    this.ledger = ledger;
    this.connections = connections;
    this.clock = clock;
  }

  @Override
  public void start() {
    followings =
        followers.stream()
            .map(follower -> LogFollowing.start(follower, ledger, connections, clock))
            .toList();
  }

  @Override
  public void stop() {
    List<LogFollowing> running = followings;
    followings = List.of();
    running.forEach(LogFollowing::close);
  }

  @Override
  public boolean isRunning() {
    return !followings.isEmpty();
  }

  /** Earlier than the web server, which starts in the last phases. */
  @Override
  public int getPhase() {
    return 0;
  }
}
