package io.keelson.infra.eventstore.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.keelson.commands.DomainEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events as JSON bytes and reads them back. Names are {@code snake_case}. Nulls are left
 * out. Every component that must not be null is required when read, so a component that is added
 * later without an upcaster fails at once.
 */
public final class EventCodec {

  /** An event as it is stored. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Encoded(EventType type, byte[] payload) {}

  private record Step(String type, int fromRevision) {}

  private static final String OPERATION = "operation";
  private static final TypeReference<Map<String, Object>> METADATA = new TypeReference<>() {};

  private final JsonMapper mapper;
  private final Map<Step, Upcaster> upcasters = new HashMap<>();

  /** A codec that reads every revision that was ever released. */
  public EventCodec() {
    this(Upcaster.RELEASED, List.of());
  }

  /**
   * A codec with the given upcasters.
   *
   * @throws IllegalArgumentException when two of them start from the same type and revision
   */
  public EventCodec(List<Upcaster> upcasters) {
    this(upcasters, List.of());
  }

  private EventCodec(List<Upcaster> upcasters, List<? extends Class<?>> named) {
    this.mapper = mapper(named);
    for (Upcaster upcaster : upcasters) {
      Step step = new Step(upcaster.type(), upcaster.fromRevision());
      if (this.upcasters.put(step, upcaster) != null) {
        throw new IllegalArgumentException("two upcasters for " + step);
      }
    }
  }

  /**
   * A codec that also reads and writes states with parts of an open type.
   *
   * @param named the types of these parts, each with a {@link
   *     com.fasterxml.jackson.annotation.JsonTypeName}
   */
  public static EventCodec ofStates(List<? extends Class<?>> named) {
    return new EventCodec(Upcaster.RELEASED, named);
  }

  private static JsonMapper mapper(List<? extends Class<?>> named) {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        // Only the components of a record: a method with a name like isTrue() is not one.
        .changeDefaultVisibility(
            visibility ->
                visibility
                    .withFieldVisibility(Visibility.ANY)
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE))
        .annotationIntrospector(new RequiredComponents())
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .registerSubtypes(EventTypes.plans().toArray(Class<?>[]::new))
        .registerSubtypes(named.toArray(Class<?>[]::new))
        .build();
  }

  /** An event under its current type and revision. */
  public Encoded encode(DomainEvent event) {
    return new Encoded(EventTypes.of(event.getClass()), mapper.writeValueAsBytes(event));
  }

  /**
   * Reads an event of a stream that is being loaded.
   *
   * @throws NewerEvent when its type or revision is unknown
   * @throws UnreadableEvent when its payload does not match its type
   */
  public DomainEvent decode(String name, int revision, byte[] payload) {
    EventType type = known(name, revision).orElseThrow(() -> new NewerEvent(name, revision));
    try {
      if (revision == type.revision()) {
        return mapper.readValue(payload, type.event()); // the common case, without a tree
      }
      JsonNode json = mapper.readTree(payload);
      for (int from = revision; from < type.revision(); from++) {
        json = upcaster(name, from).step().apply(json);
      }
      return mapper.treeToValue(json, type.event());
    } catch (JacksonException e) {
      throw new UnreadableEvent(name, revision, e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads an event for the tail. The tail continues where a stream must stop, since a newer
   * instance may write events that this one does not know.
   *
   * @return a {@link DomainEvent}, or an {@link UnknownEvent}
   * @throws UnreadableEvent when its type is known and its payload does not match it
   */
  public Object decodeOrUnknown(String name, int revision, byte[] payload) {
    return known(name, revision).isPresent()
        ? decode(name, revision, payload)
        : new UnknownEvent(name, revision, payload);
  }

  /** A state as JSON. A sealed type in it has to name its kinds with Jackson's annotations. */
  public <S> byte[] encodeState(S state, Class<S> type) {
    return mapper.writerFor(type).writeValueAsBytes(state);
  }

  /**
   * Reads what {@link #encodeState} wrote.
   *
   * @throws JacksonException when the JSON is not such a state
   */
  public <S> S decodeState(byte[] json, Class<S> type) {
    S state = mapper.readValue(json, type);
    if (state == null) {
      throw DatabindException.from((JsonParser) null, "null is not a state");
    }
    return state;
  }

  /** Message metadata as JSON. */
  public byte[] encodeMetadata(Map<String, ?> metadata) {
    return mapper.writeValueAsBytes(metadata);
  }

  /** Reads what {@link #encodeMetadata} wrote. */
  public Map<String, Object> decodeMetadata(byte[] metadata) {
    return mapper.readValue(metadata, METADATA);
  }

  /** The metadata of an event. What its stream says already is left out. */
  public byte[] encodeMetadata(String streamType, String stream, Map<String, ?> metadata) {
    Map<String, Object> stored = new HashMap<>(metadata);
    if (streamType.equals(OPERATION)) {
      stored.remove("operation_id", stream);
    }
    return encodeMetadata(stored);
  }

  /** Reads what the method of the same name wrote: an event of a run belongs to that run. */
  public Map<String, Object> decodeMetadata(String streamType, String stream, byte[] metadata) {
    Map<String, Object> read = decodeMetadata(metadata);
    if (streamType.equals(OPERATION)) {
      read.putIfAbsent("operation_id", stream);
    }
    return read;
  }

  private static Optional<EventType> known(String name, int revision) {
    return EventTypes.named(name).filter(type -> revision <= type.revision());
  }

  private Upcaster upcaster(String name, int from) {
    Upcaster upcaster = upcasters.get(new Step(name, from));
    if (upcaster == null) {
      throw new UnreadableEvent(name, from, "no upcaster starts from this revision", null);
    }
    return upcaster;
  }
}
