package io.keelson.adapters.rest.history;

import io.keelson.adapters.rest.access.Caller;
import io.keelson.adapters.rest.history.EventResponse.Events;
import io.keelson.adapters.rest.problem.Problem;
import io.keelson.adapters.rest.problem.Refused;
import io.keelson.adapters.rest.request.Described;
import io.keelson.adapters.rest.request.Descriptions;
import io.keelson.adapters.rest.request.LogRange;
import io.keelson.adapters.rest.request.QueryArguments;
import io.keelson.adapters.rest.request.ReadTimeout;
import io.keelson.commands.ClusterId;
import io.keelson.commands.NodeId;
import io.keelson.commands.OperationId;
import io.keelson.projections.log.History;
import io.keelson.projections.log.History.Event;
import io.keelson.projections.log.History.EventFilter;
import io.keelson.projections.log.History.Part;
import io.keelson.projections.log.History.Range;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reads events: one by its id, or lists in the order of the log. The cursor of a list is the
 * position of the last event that was examined.
 */
@RestController
@RequestMapping("/keelson/v1/events")
public class EventController implements Described {
  private final History history;

  public EventController(History history) {
    this.history = history;
  }

  @Override
  public void describe(Descriptions routes) {
    routes.query("listEvents", EventQuery::read);
  }

  /** The filter, the range and the limit of a list of events. */
  private record EventQuery(
      EventFilter filter, LogRange logRange, int limit, @Nullable Long cursor) {

    static EventQuery read(QueryArguments query) {
      EventFilter filter =
          new EventFilter(
              id(query, "cluster_id", ClusterId::new),
              id(query, "node_id", NodeId::new),
              id(query, "operation_id", OperationId::new),
              query.text("type"),
              query.text("initiator"),
              query.text("principal"),
              query.uuid("correlation_id"));
      return new EventQuery(filter, LogRange.of(query), query.limit(), query.position("cursor"));
    }
  }

  @GetMapping
  Events listEvents(@RequestAttribute Caller caller, HttpServletRequest request) {
    EventQuery query = QueryArguments.read(request, EventQuery::read);
    EventFilter filter = query.filter();
    Long cursor = query.cursor();
    ReadTimeout timeout = new ReadTimeout();
    timeout.awaitHead(history);
    Range range = query.logRange().after(cursor, history);
    Part<Event> part =
        timeout.read(
            () -> history.events(caller.scope(), filter, range, query.limit()),
            found -> filter.correlation() == null || cursor != null || !found.items().isEmpty());
    return new Events(
        part.items().stream()
            .filter(event -> EventVisibility.of(event, caller))
            .map(EventResponse::of)
            .toList(),
        part.next() == null ? null : part.next().toString());
  }

  /** An event that the caller may not see is not found, as one that does not exist. */
  @GetMapping("/{event_id}")
  EventResponse getEvent(@PathVariable("event_id") EventId id, @RequestAttribute Caller caller) {
    new ReadTimeout().awaitHead(history);
    return history
        .event(caller.scope(), id.value())
        .filter(event -> EventVisibility.of(event, caller))
        .map(EventResponse::of)
        .orElseThrow(() -> new Refused(Problem.notFound("event", id.toString())));
  }

  private static <I> @Nullable I id(QueryArguments query, String name, Function<UUID, I> of) {
    UUID id = query.uuid(name);
    return id == null ? null : of.apply(id);
  }
}
