package io.keelson.infra.eventstore.codec;

/**
 * An event that this version of the code cannot read, as the tail delivers it: its type is unknown,
 * or its revision is newer than the one known here. It keeps its bytes for readers that only pass
 * events on.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record UnknownEvent(String type, int revision, byte[] payload) {}
