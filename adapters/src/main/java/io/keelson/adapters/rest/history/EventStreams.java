package io.keelson.adapters.rest.history;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.access.KeyValidity;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.commands.OrganizationId;
import io.keelson.commands.log.EventLog;
import io.keelson.projections.log.History;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The event streams of this instance, limited in number. They end before the web server stops,
 * because the server waits for every call in progress.
 */
@Component
public class EventStreams implements SmartLifecycle {

  private final History history;
  private final EventLog log;
  private final KeyValidity keyValidity;
  private final StreamLimits limits;
  private final Set<EventStream> open = new HashSet<>();
  private @Nullable LogWatcher watcher;

  public EventStreams(History history, EventLog log, KeyValidity keyValidity, StreamLimits limits) {
    this.history = history;
    this.log = log;
    this.keyValidity = keyValidity;
    this.limits = limits;
  }

  /**
   * Begins a stream of the events that the caller may see.
   *
   * @param after the position after which the stream begins
   * @throws Refused when a limit is reached, or when this instance is stopping
   */
  SseEmitter open(Caller caller, long after) {
    SseEmitter client = new SseEmitter(0L);
    EventStream stream =
        new EventStream(
            history,
            caller.scope(),
            event -> EventVisibility.of(event, caller),
            after,
            client,
            limits.heartbeat(),
            () -> keyValidity.isValid(caller));
    add(stream);
    client.onCompletion(stream::close);
    client.onError(_ -> stream.close());
    Thread.ofVirtual().name("event-stream").start(() -> serve(stream));
    return client;
  }

  private void serve(EventStream stream) {
    try {
      stream.run();
    } finally {
      remove(stream);
    }
  }

  private synchronized void add(EventStream stream) {
    if (watcher == null) {
      throw new Refused(Problem.unavailable("this instance is stopping; try again soon"));
    }
    long own = open.stream().filter(s -> s.organization().equals(stream.organization())).count();
    if (own >= limits.perOrganization()) {
      throw new Refused(
          Problem.tooManyRequests(
              "an organization may have " + limits.perOrganization() + " streams at a time"));
    }
    if (open.size() >= limits.total()) {
      throw new Refused(Problem.tooManyRequests("there are too many streams; try again later"));
    }
    open.add(stream);
  }

  /** The number of open streams. */
  public synchronized int size() {
    return open.size();
  }

  private synchronized void remove(EventStream stream) {
    open.remove(stream);
  }

  private synchronized List<EventStream> all() {
    return List.copyOf(open);
  }

  private void wake(Predicate<OrganizationId> affected) {
    all().stream().filter(s -> affected.test(s.organization())).forEach(EventStream::wake);
  }

  @Override
  public synchronized void start() {
    watcher = new LogWatcher(history, log, () -> size() > 0, this::wake);
  }

  @Override
  public void stop() {
    LogWatcher ending = end();
    if (ending != null) {
      ending.close();
    }
    all().forEach(EventStream::close);
  }

  private synchronized @Nullable LogWatcher end() {
    LogWatcher ending = watcher;
    watcher = null;
    return ending;
  }

  @Override
  public synchronized boolean isRunning() {
    return watcher != null;
  }
}
