package io.keelson.adapters.rest.history;

import io.keelson.commands.OrganizationId;
import io.keelson.projections.Scope;
import io.keelson.projections.log.History;
import io.keelson.projections.log.History.Event;
import io.keelson.projections.log.History.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One event stream of one client, on a thread of its own. A client that reads slowly delays no
 * other, and the server's write timeout ends its stream. The only state is the position; a
 * disconnected client resumes after the last id that it received.
 */
final class EventStream implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final int BATCH = 100;

  private final History history;
  private final Scope scope;
  private final Predicate<Event> visible;
  private final SseEmitter client;
  private final Duration heartbeat;
  private final BooleanSupplier authorized;
  private final Semaphore signal = new Semaphore(0);
  private long after;
  private long lastHeartbeat = System.nanoTime();
  private volatile boolean closed;

  /**
   * @param after the position after which the stream begins
   * @param visible whether the client may see an event of its scope
   * @param authorized called at each heartbeat: whether the client may still have the stream
   */
  EventStream(
      History history,
      Scope scope,
      Predicate<Event> visible,
      long after,
      SseEmitter client,
      Duration heartbeat,
      BooleanSupplier authorized) {
    this.history = history;
    this.scope = scope;
    this.visible = visible;
    this.after = after;
    this.client = client;
    this.heartbeat = heartbeat;
    this.authorized = authorized;
  }

  OrganizationId organization() {
    return scope.organization();
  }

  /** Signals that there may be new events; never blocks. */
  void wake() {
    signal.release();
  }

  /** Ends the stream after the write in progress. */
  void close() {
    closed = true;
    wake();
  }

  @Override
  public void run() {
    try {
      // A message with only an id is no event: it gives the client a position to resume from.
      client.send(SseEmitter.event().id(Long.toString(after)));
      while (!closed && heartbeatIfDue()) {
        signal.drainPermits();
        if (!sendNext()) {
          signal.tryAcquire(nanosUntilHeartbeat(), TimeUnit.NANOSECONDS);
        }
      }
      client.complete();
    } catch (IOException e) {
      LOG.debug("A client has closed its stream: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.info("A stream ends after an error; its client may reconnect: {}", e.toString());
        client.complete();
      }
    }
  }

  /** Sends one batch; returns whether there may be more events. */
  private boolean sendNext() throws IOException {
    Part<Event> part = history.openEvents(scope, after, BATCH);
    for (Event event : part.items()) {
      after = event.entry().position();
      if (!visible.test(event)) {
        continue;
      }
      client.send(
          SseEmitter.event()
              .id(Long.toString(after))
              .name(event.entry().type())
              .data(EventResponse.headOf(event), MediaType.APPLICATION_JSON));
      if (closed) {
        return true;
      }
    }
    after = part.next() == null ? after : part.next();
    return part.next() != null;
  }

  /** Sends a heartbeat when one is due; returns whether the client is still authorized. */
  private boolean heartbeatIfDue() throws IOException {
    if (nanosUntilHeartbeat() > 0) {
      return true;
    }
    lastHeartbeat = System.nanoTime();
    client.send(SseEmitter.event().comment(""));
    return authorized.getAsBoolean();
  }

  private long nanosUntilHeartbeat() {
    return heartbeat.toNanos() - (System.nanoTime() - lastHeartbeat);
  }
}
